import { getApps, initializeApp } from 'firebase-admin/app';
import { getAuth, type Auth } from 'firebase-admin/auth';
import { getFirestore, type Firestore } from 'firebase-admin/firestore';
import { PROJECT, REGION } from '../stack/firebaseCli';
import { readStackNote } from '../stack/stackNote';
import { StartError } from '../stack/startError';

/** What an operator's command works on. */
export interface OpsTarget {
  project: string;
  /** A real project: whatever writes there asks first. */
  isReal: boolean;
  db: Firestore;
  auth: Auth;
  /** Where a callable function answers. */
  functionUrl(name: string): string;
  /** The origin of Firebase Auth's own API. */
  authOrigin: string;
}

/**
 * The running local stack, or a real project with the credentials of this machine (GOOGLE_APPLICATION_CREDENTIALS or
 * `gcloud auth application-default login`).
 * @throws StartError when there is no stack to work on.
 */
export function opsTarget(project: string | undefined): OpsTarget {
  return project === undefined ? localTarget() : realTarget(project);
}

function localTarget(): OpsTarget {
  const note = readStackNote();
  const firestoreHost = process.env['FIRESTORE_EMULATOR_HOST'] ?? note?.firestoreHost;
  const authHost = process.env['FIREBASE_AUTH_EMULATOR_HOST'] ?? note?.authHost;
  const functionsOrigin = process.env['FUNCTIONS_EMULATOR_ORIGIN'] ?? note?.functionsOrigin;
  if (firestoreHost === undefined || authHost === undefined || functionsOrigin === undefined) {
    throw new StartError(
      'No local stack is running here: start one with `npm start`, or name a real project with --project.',
    );
  }
  process.env['FIRESTORE_EMULATOR_HOST'] = firestoreHost;
  process.env['FIREBASE_AUTH_EMULATOR_HOST'] = authHost;
  // Else the SDK asks the cloud's metadata server who it is, and complains when there is no network.
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  return {
    ...clients(PROJECT),
    isReal: false,
    functionUrl: (name) => `${functionsOrigin}/${PROJECT}/${REGION}/${name}`,
    authOrigin: `http://${authHost}/identitytoolkit.googleapis.com`,
  };
}

function realTarget(project: string): OpsTarget {
  if (process.env['FIRESTORE_EMULATOR_HOST'] !== undefined)
    throw new StartError('FIRESTORE_EMULATOR_HOST is set: --project would not reach the real project.');
  return {
    ...clients(project),
    isReal: true,
    functionUrl: (name) => `https://${REGION}-${project}.cloudfunctions.net/${name}`,
    authOrigin: 'https://identitytoolkit.googleapis.com',
  };
}

function clients(project: string): Pick<OpsTarget, 'project' | 'db' | 'auth'> {
  const app = getApps()[0] ?? initializeApp({ projectId: project });
  return { project, db: getFirestore(app), auth: getAuth(app) };
}

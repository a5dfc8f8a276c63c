import { getApps, initializeApp } from 'firebase-admin/app';
import { getFirestore, type Firestore } from 'firebase-admin/firestore';
import { PROJECT } from './firebaseCli';

/**
 * The emulator's Firestore through the Admin SDK, which no rules bind.
 * @param host host:port
 */
export function connectFirestore(host: string): Firestore {
  process.env['FIRESTORE_EMULATOR_HOST'] = host;
  // Else the SDK asks the cloud's metadata server who it is, and complains when there is no network.
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  return getFirestore(getApps()[0] ?? initializeApp({ projectId: PROJECT }));
}

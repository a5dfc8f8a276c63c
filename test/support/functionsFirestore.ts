import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as admin from 'firebase-admin/app';
import type * as firestore from 'firebase-admin/firestore';
import { repositoryRoot } from '../../local/stack/repositoryRoot';

const fromFunctions = createRequire(join(repositoryRoot, 'functions/package.json'));

/**
 * Firestore through the functions' own copy of its library, for tests that use their classes in this process: they
 * ask whether a value is a Timestamp, and the root's copy makes Timestamps of another class.
 *
 * @param host where to reach it, when not at the emulator itself
 */
export function openFunctionsFirestore(
  projectId: string,
  host?: string,
): { db: firestore.Firestore; close: () => Promise<void> } {
  const { deleteApp, initializeApp } = fromFunctions('firebase-admin/app') as typeof admin;
  const { getFirestore } = fromFunctions('firebase-admin/firestore') as typeof firestore;
  const usual = process.env['FIRESTORE_EMULATOR_HOST'];
  if (usual === undefined)
    throw new Error('FIRESTORE_EMULATOR_HOST is not set: run the suites with npm test.');
  const app = initializeApp({ projectId }, randomUUID());
  // The library takes the address from the environment when it is made, and only then.
  process.env['FIRESTORE_EMULATOR_HOST'] = host ?? usual;
  try {
    return { db: getFirestore(app), close: () => deleteApp(app) };
  } finally {
    process.env['FIRESTORE_EMULATOR_HOST'] = usual;
  }
}

import { startFirestore } from '../../local/stack/startFirestore';
import { type FirestoreWire, startFirestoreWire } from '../../test/support/wire/firestoreWire';

/**
 * Starts an emulator of its own with a counting pass-through before it, and stops both after `work`. What is seeded and
 * checked goes to the emulator directly, and is not counted.
 */
export async function onTheWire<T>(work: (wire: FirestoreWire) => Promise<T>): Promise<T> {
  const firestore = await startFirestore();
  const wire = await startFirestoreWire(firestore.host);
  try {
    process.env['FIRESTORE_EMULATOR_HOST'] = firestore.host;
    return await work(wire);
  } finally {
    wire.stop();
    await firestore.stop();
  }
}

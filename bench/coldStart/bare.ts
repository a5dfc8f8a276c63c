import { initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';

// A function that only initialises firebase-admin and reads and writes one document: what cold starts are compared with.

interface Answer {
  status(code: number): { json(body: object): void };
}

const db = getFirestore(initializeApp());

/** Reads a document and writes it. */
export async function bare(_request: object, answer: Answer): Promise<void> {
  const ref = db.doc('bare/one');
  await ref.get();
  await ref.set({ at: 'now' });
  answer.status(200).json({ received: true });
}

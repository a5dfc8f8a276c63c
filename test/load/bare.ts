import { randomUUID } from 'node:crypto';
import { initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';

// A function that does nothing but one transaction of a given size, for the load run to compare with: it is served by the
// functions framework as the webhooks are, against the same emulator.

interface Answer {
  status(code: number): { json(body: object): void };
}

const size = {
  reads: Number(process.env['RECOUP_BARE_READS']),
  writes: Number(process.env['RECOUP_BARE_WRITES']),
  /** Of one written document. */
  bytes: Number(process.env['RECOUP_BARE_BYTES']),
};
const db = getFirestore(initializeApp());

/** Reads documents that nobody else touches, and writes as many as it is told. */
export async function bare(_request: object, answer: Answer): Promise<void> {
  const id = randomUUID();
  const refs = Array.from({ length: Math.max(size.reads, size.writes) }, (_, n) =>
    db.collection(`bare_${n}`).doc(id),
  );
  const data = { text: 'x'.repeat(size.bytes) };
  await db.runTransaction(async (transaction) => {
    await transaction.getAll(...refs.slice(0, size.reads));
    for (const ref of refs.slice(0, size.writes)) transaction.set(ref, data);
  });
  answer.status(200).json({ received: true });
}

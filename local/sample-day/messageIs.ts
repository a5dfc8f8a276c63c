import { type Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { until } from './until';

const row = z.object({ status: z.string(), reason: z.string().nullish() });

/** Waits until a message of the outbox is as wanted; gives its state in words. */
export function messageIs(db: Firestore, id: string, wanted: readonly string[]): Promise<string> {
  return until(`${id} to be ${wanted.join(' or ')}`, async () => {
    const snapshot = await db.doc(`outbox/${id}`).get();
    if (!snapshot.exists) return { instead: 'there is no such message' };
    const { status, reason } = row.parse(snapshot.data());
    const words = reason == null ? status : `${status} (${reason})`;
    return wanted.includes(status) ? { seen: words } : { instead: words };
  });
}

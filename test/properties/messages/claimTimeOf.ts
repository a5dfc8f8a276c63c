import {
  type DocumentReference,
  type DocumentSnapshot,
  type Firestore,
  Timestamp,
} from 'firebase-admin/firestore';

/** Whose claim a message is under, and when that claim was committed. */
export interface ClaimTime {
  readonly attemptId: string;
  readonly at: Timestamp;
}

/**
 * Asks Firestore for a message that is being sent, and for its earlier versions: others may have written it since it
 * was claimed (who says no marks what is in flight), so its update time alone is too late.
 */
export async function claimTimeOf(db: Firestore, ref: DocumentReference): Promise<ClaimTime> {
  let version = await ref.get();
  const attemptId: unknown = version.get('attemptId');
  if (typeof attemptId !== 'string')
    throw new Error(`${ref.id} is at its provider, and nobody has claimed it`);
  for (;;) {
    const at = version.updateTime;
    if (at === undefined) throw new Error(`${ref.id} is gone`);
    const before = await versionBefore(db, ref, at);
    if (!before.exists || before.get('attemptId') !== attemptId) return { attemptId, at };
    version = before;
  }
}

function versionBefore(db: Firestore, ref: DocumentReference, at: Timestamp): Promise<DocumentSnapshot> {
  const readTime = new Timestamp(
    at.seconds - (at.nanoseconds < 1_000 ? 1 : 0),
    (at.nanoseconds + 999_999_000) % 1_000_000_000,
  );
  return db.runTransaction((transaction) => transaction.get(ref), { readOnly: true, readTime });
}

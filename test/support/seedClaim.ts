import { type DocumentData, type Firestore, type Timestamp } from 'firebase-admin/firestore';
import { type CallWorld } from './callWorld';
import { seedChase, type SeededChase } from './seedChase';

/** The job that looks after claims. */
export const JOB = 'check-verification-deadlines';

export interface SeededClaim extends SeededChase {
  readonly claimId: string;
}

/** A claim that waits for an answer, with its paused chase. */
export async function seedClaim(db: Firestore, fields: DocumentData = {}): Promise<SeededClaim> {
  const seeded = await seedChase(db, {
    invoice: { paymentClaimStatus: 'pending_verification', nextActionAt: null },
    chase: { isPaused: true, pauseReason: 'payment_claim', pausedAt: new Date(), pauseUntil: null },
  });
  const { invoiceId, freelancerId, email } = seeded;
  const claimId = `${invoiceId}_1`;
  await db.doc(`payment_claims/${claimId}`).set({
    invoiceId,
    freelancerId,
    clientEmail: email,
    amount: 10_000,
    currency: 'GBP',
    method: 'bank_transfer',
    status: 'pending_verification',
    createdAt: new Date(),
    ...fields,
  });
  return { ...seeded, claimId };
}

/** A claim with its invoice and chase, as far as its end moves them. */
export async function checkedClaim(world: CallWorld, { claimId, invoiceId }: SeededClaim) {
  const [claim, invoice, chase] = await Promise.all([
    world.read(`payment_claims/${claimId}`),
    world.read(`invoices/${invoiceId}`),
    world.read(`escalation_states/${invoiceId}`),
  ]);
  const instant = (value: unknown): Date | null => (value as Timestamp | null)?.toDate() ?? null;
  return {
    status: claim['status'] as unknown,
    paymentClaimStatus: invoice['paymentClaimStatus'] as unknown,
    paused: chase['isPaused'] === true ? (chase['pauseReason'] as unknown) : null,
    pauseUntil: instant(chase['pauseUntil']),
    nextActionAt: instant(invoice['nextActionAt']),
  };
}

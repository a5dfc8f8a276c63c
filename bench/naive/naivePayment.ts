import { type Firestore } from 'firebase-admin/firestore';

/** What a payment event says. */
export interface NaivePayment {
  readonly eventId: string;
  readonly paymentIntent: string;
  readonly invoiceId: string;
  readonly freelancerId: string;
  readonly amount: number;
}

/**
 * Takes in a payment as it is often done: claim, then work, then mark; one document after the other. Whoever dies in
 * between leaves a claim without its work, or work without its mark. Writes the same documents as ours.
 */
export async function naivePayment(db: Firestore, payment: NaivePayment): Promise<void> {
  const { eventId, paymentIntent, invoiceId, freelancerId, amount } = payment;
  const claim = db.doc(`naive_events/${eventId}`);
  if ((await claim.get()).exists) return;
  await claim.create({ status: 'processing', at: new Date() });

  const transaction = db.doc(`transactions/${paymentIntent}`);
  if ((await transaction.get()).exists) return;
  const invoice = db.doc(`invoices/${invoiceId}`);
  const state = db.doc(`escalation_states/${invoiceId}`);
  await invoice.get();
  await state.get();
  await db.doc(`users/${freelancerId}`).get();
  await transaction.set({ invoiceId, freelancerId, amount, status: 'completed' });
  await invoice.update({ status: 'paid', amountPaid: amount, nextActionAt: null });
  await state.set({ closedAt: new Date(), closedReason: 'paid' }, { merge: true });
  await db.doc(`escalation_timeline/${invoiceId}_paid`).set({ invoiceId, eventType: 'payment_received' });
  await db.doc(`notifications/${paymentIntent}`).set({ freelancerId, type: 'payment_received' });
  await db.doc(`outbox/receipt_${paymentIntent}`).set({ invoiceId, template: 'receipt', status: 'pending' });
  await db.doc(`outbox/receipt_${paymentIntent}/private/content`).set({ to: 'debtor@client.example' });

  await claim.update({ status: 'done' });
}

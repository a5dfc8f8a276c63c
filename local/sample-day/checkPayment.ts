import { type Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { type DayReport } from './dayReport';
import { messageIs } from './messageIs';
import { type Payment } from './payInSandbox';

const invoiceFields = z.object({ status: z.string(), amountPaid: z.number().nullish() });

/** Looks at Firestore: the payment was applied once, however often Stripe told us of it. */
export async function checkPayment(
  db: Firestore,
  report: DayReport,
  invoice: { id: string; amount: number },
  payment: Payment,
): Promise<void> {
  const intent = payment.paymentIntent.id;
  const transactions = await db.collection('transactions').where('invoiceId', '==', invoice.id).get();
  const ids = transactions.docs.map(({ id }) => id);
  report.check('one transaction', ids.length === 1 && ids[0] === intent, ids.join(', ') || 'none');

  const { status, amountPaid } = invoiceFields.parse((await db.doc(`invoices/${invoice.id}`).get()).data());
  const settled = status === 'paid' && amountPaid === invoice.amount;
  report.check('the invoice is paid', settled, `status ${status}, amountPaid ${amountPaid ?? 'missing'}`);

  const receipt = await messageIs(db, `receipt_${intent}`, ['delivered']).catch((error: unknown) =>
    error instanceof Error ? error.message : String(error),
  );
  const rows = await db.collection('outbox').where('invoiceId', '==', invoice.id).get();
  const receipts = rows.docs.filter(({ id }) => id.startsWith('receipt_')).length;
  const arrived = receipt === 'delivered' && receipts === 1;
  report.check('one receipt was sent, and arrived', arrived, `${receipts} queued, ${receipt}`);

  const claims = await db.getAll(...payment.events.map(({ id }) => db.doc(`processed_events/stripe_${id}`)));
  const claimed = claims.filter(({ exists }) => exists).length;
  const events = payment.events.length;
  report.check('one claim for each event', claimed === events, `${claimed} of ${events}`);

  const failed = await db.collection('failed_webhooks').get();
  report.check(
    'no webhook failed',
    failed.empty,
    failed.empty ? 'failed_webhooks is empty' : `${failed.size}`,
  );
}

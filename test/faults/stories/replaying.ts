import { seedFailure } from '../../support/failedRows';
import { putPayment } from '../../support/sandboxStripe';
import { seedInvoice } from '../../support/seed';
import { newId } from '../../support/stripeEvents';
import { newPayment, says } from '../../support/stripePayment';
import { differs } from '../invariants/books';
import { type Deed } from '../instance/deed';
import { around } from './points';
import { type Story } from './story';
import { newcomer } from './subscribing';

/** An admin has a dead letter tried again, twice. */
export const replaying: Story = {
  name: 'replayFailedWebhook',
  crashPoints: ['replay.after-due', 'retry.after-lease', 'retry.after-apply', ...around('stripe')],
  provider: 'stripe',
  begin: async ({ db, sandbox, now }) => {
    const admin = newId('user');
    await db.doc(`users/${admin}`).set({ ...newcomer(admin), role: 'admin', status: 'active' });
    const seeded = await seedInvoice(db);
    const payment = newPayment(seeded);
    await putPayment(sandbox, payment);
    const told = says.intentPaid(payment);
    await seedFailure(db, told, { status: 'dead_letter', attempts: 8, createdAt: now(), updatedAt: now() });
    const id = `stripe_${told.id}`;
    const replay: Deed = {
      do: 'call',
      name: 'replayFailedWebhook',
      folder: 'admin',
      uid: admin,
      claims: { admin: true },
      data: { id },
    };
    return {
      deeds: [replay, replay],
      check: (books) => {
        const receipts = books.in('outbox').filter(([, row]) => row['template'] === 'receipt');
        const audited = books.in('audit_log').filter(([, row]) => row['target'] === id);
        return [
          ...differs('paid', books.at(`invoices/${seeded.invoiceId}`)['amountPaid'], 10_000),
          ...differs('payments', books.in('transactions').length, 1),
          ...differs('receipts', receipts.length, 1),
          ...differs('the failure', books.at(`failed_webhooks/${id}`)['status'], 'resolved'),
          ...differs('it stands in the audit log', audited.length >= 1, true),
        ];
      },
    };
  },
};

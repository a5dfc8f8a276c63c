import { seedFailure } from '../../support/failedRows';
import { putPayment } from '../../support/sandboxStripe';
import { seedInvoice } from '../../support/seed';
import { newPayment, newRefund, says } from '../../support/stripePayment';
import { differs } from '../invariants/books';
import { JOB_POINTS } from './points';
import { type Story } from './story';

/** Two events that failed before are due again: the payment, and its refund, for which Stripe is asked. */
export const retries: Story = {
  name: 'retryWebhooks',
  crashPoints: [
    'retry.after-lease',
    'retry.after-apply',
    'stripe.before-commit',
    'stripe.after-commit',
    ...JOB_POINTS,
  ],
  provider: 'stripe',
  begin: async ({ db, sandbox, now }) => {
    const seeded = await seedInvoice(db);
    const payment = newPayment(seeded);
    const refund = { ...newRefund(2_500), status: 'succeeded' };
    await putPayment(sandbox, payment, [refund]);
    const due = { nextRetryAt: new Date(now().getTime() - 60_000), createdAt: now(), updatedAt: now() };
    const events = [says.intentPaid(payment), says.refund(payment, 'created', refund)];
    for (const event of events) await seedFailure(db, event, due);
    return {
      deeds: [
        { do: 'tick', job: 'retryWebhooks' },
        { do: 'tick', job: 'retryWebhooks' },
      ],
      check: (books) => {
        const invoice = books.at(`invoices/${seeded.invoiceId}`);
        return [
          ...differs('paid', [invoice['amountPaid'], invoice['amountRefunded']], [10_000, 2_500]),
          ...differs('payments', books.in('transactions').length, 1),
          ...differs(
            'receipts',
            books.in('outbox').filter(([, row]) => row['template'] === 'receipt').length,
            1,
          ),
        ];
      },
    };
  },
};

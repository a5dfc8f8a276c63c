import { randomLife } from '../../support/paymentLife';
import { putPayment } from '../../support/sandboxStripe';
import { seedInvoice } from '../../support/seed';
import { differs } from '../invariants/books';
import { type Story } from './story';

/** A payment, its refunds and its card disputes, as Stripe tells them. */
export const payments: Story = {
  name: 'payments',
  crashPoints: [
    'stripe.before-commit',
    'stripe.after-commit',
    'failure.before-commit',
    'failure.after-commit',
  ],
  provider: 'stripe',
  begin: async ({ db, random, sandbox }) => {
    const seeded = await seedInvoice(db);
    const life = randomLife(seeded, random);
    await putPayment(sandbox, life.payment, life.refunds);
    return {
      deeds: life.events.map((event) => ({
        do: 'deliver',
        to: 'stripeWebhook',
        body: JSON.stringify(event),
      })),
      anyOrder: true,
      check: (books) => {
        const transaction = books.at(`transactions/${life.payment.paymentIntent}`);
        const invoice = books.at(`invoices/${seeded.invoiceId}`);
        const told = (collection: string, field: string, value: string): number =>
          books.in(collection).filter(([, row]) => row[field] === value).length;
        const { truth } = life;
        return [
          ...differs(
            'the payment',
            [transaction['refunded'], transaction['disputed'], transaction['status']],
            [truth.refunded, truth.disputed, truth.transaction],
          ),
          ...differs(
            'the invoice',
            [invoice['status'], invoice['amountPaid'], invoice['amountRefunded'], invoice['nextActionAt']],
            [truth.invoice, 10_000, truth.refunded, null],
          ),
          ...differs('receipts', told('outbox', 'template', 'receipt'), 1),
          ...differs('payments told', told('escalation_timeline', 'eventType', 'payment_received'), 1),
          ...life.events.flatMap(({ id }) =>
            books.has(`processed_events/stripe_${id}`) ? [] : [`${id} was lost`],
          ),
        ];
      },
    };
  },
};

import { seedInvoice } from '../../support/seed';
import { seedChase } from '../../support/seedChase';
import { newId } from '../../support/stripeEvents';
import { differs } from '../invariants/books';
import { around } from './points';
import { type Story } from './story';

/** A client is entered, an invoice sent, and its payment page opened twice. */
export const invoicing: Story = {
  name: 'invoicing',
  crashPoints: [
    ...around('save-client', 'send-invoice'),
    'checkout.after-reservation',
    'checkout.after-session',
  ],
  provider: 'stripe',
  begin: async ({ db }) => {
    const clientId = newId('client');
    const { invoiceId, freelancerId: uid } = await seedInvoice(db, { status: 'draft', clientId });
    await db
      .doc(`clients/${clientId}`)
      .set({ freelancerId: uid, name: 'A Debtor', email: 'debtor@client.example' });
    const client = { clientId, name: 'A Debtor', email: 'new@client.example', debtorKind: 'business' };
    const call = (name: string, data: object) => ({ do: 'call' as const, name, uid, data });
    return {
      deeds: [
        call('saveClient', client),
        call('sendInvoice', { invoiceId }),
        call('createCheckoutSession', { invoiceId }),
        call('createCheckoutSession', { invoiceId }),
      ],
      check: (books) => {
        const invoice = books.at(`invoices/${invoiceId}`);
        const sessions = new Set(
          books.accepted
            .filter(({ method, path }) => method === 'POST' && path === '/v1/checkout/sessions')
            .map(({ idempotencyKey }) => idempotencyKey),
        );
        return [
          ...differs('the invoice', invoice['status'], 'sent'),
          ...differs('the message', books.has(`outbox/invoice_${invoiceId}`), true),
          ...differs('the client', books.isEmail(`clients/${clientId}`, 'email', 'new@client.example'), true),
          ...(sessions.size > 1 ? [`${sessions.size} payment pages were made`] : []),
        ];
      },
    };
  },
};

/** The freelancer asks for a text message twice, by one request. */
export const manualSms: Story = {
  name: 'sendCollectionsSms',
  crashPoints: ['send-sms.before-commit', 'send-sms.after-commit'],
  provider: 'twilio',
  begin: async ({ db }) => {
    const { invoiceId, freelancerId: uid } = await seedChase(db);
    const ask = {
      do: 'call',
      name: 'sendCollectionsSms',
      uid,
      data: { invoiceId, requestId: 'one' },
    } as const;
    return {
      deeds: [ask, ask],
      check: (books) => [
        ...differs('messages', books.in('outbox').filter(([, row]) => row['channel'] === 'sms').length, 1),
        ...differs(
          'the quota',
          (books.at(`usage/${uid}_2026-11`)['counters'] as Record<string, unknown> | undefined)?.[
            'chasedInvoices'
          ],
          1,
        ),
      ],
    };
  },
};

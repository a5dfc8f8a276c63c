import { debtorClaims } from '../../support/callWorld';
import { newPhone } from '../../support/seedChase';
import { seedInvoice } from '../../support/seed';
import { hashOf } from '../../support/seedMessage';
import { newId } from '../../support/stripeEvents';
import { inboundFields, newMessageSid } from '../../support/twilioPost';
import { differs } from '../invariants/books';
import { type Deed } from '../instance/deed';
import { type Story } from './story';

/** Where contact data is sealed a client is invoiced, says STOP, that he has paid, and that he wants to be erased. */
export const sealed: Story = {
  name: 'sealed',
  crashPoints: [],
  provider: 'sendgrid',
  sealed: true,
  begin: async ({ db }) => {
    const [clientId, email, phone, sid] = [
      newId('client'),
      `${newId('debtor')}@client.example`,
      newPhone(),
      newMessageSid(),
    ];
    const { invoiceId, freelancerId: uid } = await seedInvoice(
      db,
      { status: 'draft', clientId, clientEmail: null },
      { subscriptionTier: 'growth' },
    );
    await db.doc(`clients/${clientId}`).set({ freelancerId: uid, name: 'A Debtor' });
    const call = (name: string, who: string, data: object, claims = {}): Deed => ({
      do: 'call',
      name,
      uid: who,
      data,
      claims,
    });
    const asDebtor = (name: string, data: object): Deed =>
      call(name, `uid-${email}`, data, debtorClaims(email));
    const text = new URLSearchParams(inboundFields(phone, 'STOP', sid)).toString();
    return {
      deeds: [
        call('saveClient', uid, { clientId, name: 'A Debtor', email, phone, debtorKind: 'business' }),
        call('sendInvoice', uid, { invoiceId }),
        { do: 'task', queue: 'sendEmail', data: { outboxId: `invoice_${invoiceId}` } },
        { do: 'deliver', to: 'twilioSmsReply', body: text },
        asDebtor('claimPayment', {
          invoiceId,
          amount: 10_000,
          method: 'bank_transfer',
          paidOn: '2026-11-20',
        }),
        asDebtor('requestDebtorRights', { kind: 'erasure' }),
      ],
      check: (books) => {
        const invoice = books.at(`invoices/${invoiceId}`);
        // What came too early was refused, and nobody asks again.
        const isSent = invoice['status'] !== 'draft';
        return [
          ...differs('the opt-out', books.optOutOf(phone)['status'], 'opted_out'),
          ...(isSent ? differs('the invoice', invoice['clientEmailHash'], hashOf('email', email)) : []),
          ...differs('the request', books.has(`debtor_requests/erasure_${hashOf('email', email)}`), true),
        ];
      },
    };
  },
};

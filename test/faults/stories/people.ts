import { signLink } from '../../../functions/src/platform/signedLink';
import { debtorClaims } from '../../support/callWorld';
import { localSecret } from '../../support/sandboxSettings';
import { seedChase } from '../../support/seedChase';
import { hashOf } from '../../support/seedMessage';
import { seedReminderOf } from '../../support/seedReminder';
import { differs } from '../invariants/books';
import { type Deed } from '../instance/deed';
import { around } from './points';
import { type Story } from './story';

const call = (name: string, uid: string, data: object, claims = {}): Deed => ({
  do: 'call',
  name,
  uid,
  data,
  claims,
});

const isAnswered = ([, claim]: [string, { readonly [field: string]: unknown }]): boolean =>
  claim['status'] !== 'pending_verification';

/** A debtor says that he has paid; the freelancer confirms or rejects it. */
export const claims: Story = {
  name: 'claims',
  crashPoints: around('claim-payment', 'verify-claim', 'reject-claim'),
  provider: 'sendgrid',
  begin: async ({ db, random }) => {
    const seeded = await seedChase(db);
    const { invoiceId, freelancerId, email } = seeded;
    const claimId = `${invoiceId}_1`;
    const rejects = random.below(2) === 0;
    const answer = rejects ? { decision: 'rejected', reason: 'not_received' } : { decision: 'verified' };
    return {
      deeds: [
        call(
          'claimPayment',
          `uid-${email}`,
          { invoiceId, amount: 10_000, method: 'bank_transfer', paidOn: '2026-11-20' },
          debtorClaims(email),
        ),
        call('verifyPaymentClaim', freelancerId, { claimId, ...answer }),
      ],
      check: (books) => {
        const claim = books.at(`payment_claims/${claimId}`);
        const invoice = books.at(`invoices/${invoiceId}`);
        // A claim that was made only later was never answered.
        if (claim['status'] === 'pending_verification') return [];
        return [
          ...differs('the claim', claim['status'], rejects ? 'rejected' : 'verified'),
          ...differs('paid', invoice['amountPaid'], rejects ? 0 : 10_000),
          ...differs('payments', books.in('transactions').length, rejects ? 0 : 1),
          // Said again after the freelancer's no, it is another claim; but never two at a time.
          ...differs('claims that were answered', books.in('payment_claims').filter(isAnswered).length, 1),
          ...differs(
            'answers told',
            books
              .in('outbox')
              .filter(([, row]) => row['template'] === (rejects ? 'claim_rejected' : 'claim_verified'))
              .length,
            1,
          ),
        ];
      },
    };
  },
};

/** A debtor disputes an invoice; the freelancer closes that. */
export const disputes: Story = {
  name: 'disputes',
  crashPoints: around('open-dispute', 'close-dispute'),
  provider: null,
  begin: async ({ db }) => {
    const { invoiceId, freelancerId, email } = await seedChase(db);
    return {
      deeds: [
        call('openDispute', `uid-${email}`, { invoiceId, reason: 'The logo is wrong.' }, debtorClaims(email)),
        call('closeDispute', freelancerId, { invoiceId }),
      ],
      check: (books) => {
        const invoice = books.at(`invoices/${invoiceId}`);
        const state = books.at(`escalation_states/${invoiceId}`);
        return differs('the chase', state['isPaused'], invoice['status'] === 'disputed');
      },
    };
  },
};

/** The freelancer records two payments, one of them asked for twice. */
export const manualPayment: Story = {
  name: 'manual payment',
  crashPoints: around('manual-payment'),
  provider: 'sendgrid',
  begin: async ({ db }) => {
    const { invoiceId, freelancerId } = await seedChase(db);
    const pay = (amount: number, requestId: string): Deed =>
      call('recordManualPayment', freelancerId, {
        invoiceId,
        amount,
        currency: 'GBP',
        method: 'bank_transfer',
        paidOn: '2026-11-20',
        requestId,
      });
    return {
      deeds: [pay(4_000, 'first'), pay(4_000, 'first'), pay(6_000, 'second')],
      check: (books) => {
        const invoice = books.at(`invoices/${invoiceId}`);
        return [
          ...differs('the invoice', [invoice['status'], invoice['amountPaid']], ['paid', 10_000]),
          ...differs('payments', books.in('transactions').length, 2),
        ];
      },
    };
  },
};

/** The freelancer pauses the chase, lets it go on, and gives the invoice up. */
export const handling: Story = {
  name: 'pause and cancel',
  crashPoints: around('pause-escalation', 'resume-escalation', 'cancel-invoice'),
  provider: null,
  begin: async ({ db }) => {
    const { invoiceId, freelancerId } = await seedChase(db);
    return {
      deeds: [
        call('pauseEscalation', freelancerId, { invoiceId }),
        call('resumeEscalation', freelancerId, { invoiceId }),
        call('cancelInvoice', freelancerId, { invoiceId }),
      ],
      check: (books) => [
        ...differs('the invoice', books.at(`invoices/${invoiceId}`)['status'], 'cancelled'),
        ...differs('the chase', books.at(`escalation_states/${invoiceId}`)['closedAt'] != null, true),
      ],
    };
  },
};

/** "No" in all the ways there are but STOP, while messages wait. */
export const noes: Story = {
  name: 'consents',
  crashPoints: around('client-consent', 'collections-consent', 'unsubscribe'),
  provider: 'sendgrid',
  begin: async (scene) => {
    const { db } = scene;
    const seeded = await seedChase(db, { user: { collectionsConsent: { version: 'collections-2026-11' } } });
    const { clientId, freelancerId, email } = seeded;
    const item = await seedReminderOf(scene, seeded, 'email');
    const token = signLink([localSecret('LINK_SIGNING_KEY')], {
      purpose: 'unsubscribe',
      subject: hashOf('email', email),
      issuedAt: new Date(scene.now().getTime() - 600_000),
      expiresAt: new Date(scene.now().getTime() + 86_400_000),
    });
    return {
      deeds: [
        call('setClientConsent', freelancerId, {
          clientId,
          channel: 'sms',
          status: 'withdrawn',
          requestId: 'one',
        }),
        call('setCollectionsConsent', freelancerId, {
          wordingVersion: 'collections-2026-11',
          collectionsEnabled: true,
          sms: false,
          email: true,
          requestId: 'two',
        }),
        { do: 'unsubscribe', token },
        { do: 'task', queue: 'sendEmail', data: { outboxId: item.id } },
      ],
      anyOrder: true,
      check: (books) => [
        ...differs('the suppression', books.has(`email_suppressions/${hashOf('email', email)}`), true),
        ...differs(
          'the permission',
          (books.at(`clients/${clientId}`)['contactPermissions'] as { sms?: { status?: string } }).sms
            ?.status,
          'withdrawn',
        ),
        ...differs('audit rows', books.in('consent_audit_log').length, 2),
      ],
    };
  },
};

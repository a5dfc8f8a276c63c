import { seedSent } from '../../support/courtesyWorld';
import { seedClaim } from '../../support/seedClaim';
import { newId } from '../../support/stripeEvents';
import { differs } from '../invariants/books';
import { type JobName } from '../instance/deed';
import { around, JOB_POINTS } from './points';
import { type Act, type Story } from './story';

const twice = (job: JobName): Act['deeds'] => [
  { do: 'tick', job },
  { do: 'tick', job },
];

/** Courtesy notes: three days before, and on the day. */
export const courtesy: Story = {
  name: 'processEmailSequence',
  crashPoints: [...JOB_POINTS, ...around('courtesy')],
  provider: 'sendgrid',
  begin: async ({ db }) => {
    const [before, due] = [await seedSent(db, '2026-11-27'), await seedSent(db, '2026-11-24')];
    return {
      deeds: twice('processEmailSequence'),
      check: (books) =>
        differs(
          'courtesy notes',
          books
            .in('outbox')
            .filter(([, row]) => row['class'] === 'courtesy')
            .map(([id]) => id)
            .sort(),
          [`courtesy_${before.invoiceId}_before`, `courtesy_${due.invoiceId}_due`].sort(),
        ),
    };
  },
};

/** One claim is over, another one is to be reminded of. */
export const deadlines: Story = {
  name: 'checkVerificationDeadlines',
  crashPoints: [...JOB_POINTS, ...around('claim-deadline')],
  provider: 'sendgrid',
  begin: async ({ db, now }) => {
    const inHours = (hours: number): Date => new Date(now().getTime() + hours * 3_600_000);
    const over = await seedClaim(db, { verificationDeadline: inHours(-1) });
    const soon = await seedClaim(db, { verificationDeadline: inHours(20) });
    return {
      deeds: twice('checkVerificationDeadlines'),
      check: (books) => [
        ...differs('the one that is over', books.at(`payment_claims/${over.claimId}`)['status'], 'expired'),
        ...differs(
          'the other one',
          books.at(`payment_claims/${soon.claimId}`)['status'],
          'pending_verification',
        ),
        ...differs('its invoice', books.at(`invoices/${over.invoiceId}`)['paymentClaimStatus'], 'expired'),
        ...differs(
          'messages',
          books
            .in('outbox')
            .map(([id]) => id)
            .sort(),
          [`claim_expired_${over.claimId}`, `claim_reminder_${soon.claimId}_24`].sort(),
        ),
      ],
    };
  },
};

/** A retainer whose month has begun. */
export const recurring: Story = {
  name: 'processRecurringInvoices',
  crashPoints: [...JOB_POINTS, ...around('recurring')],
  provider: null,
  begin: async ({ db }) => {
    const [id, clientId, freelancerId] = [newId('rt'), newId('client'), newId('user')];
    await db.doc(`users/${freelancerId}`).set({ email: 'f@studio.example', businessName: 'Ada Studio' });
    await db
      .doc(`clients/${clientId}`)
      .set({ freelancerId, name: 'A Debtor', email: 'debtor@client.example' });
    await db.doc(`recurring_invoices/${id}`).set({
      freelancerId,
      clientId,
      clientName: 'A Debtor',
      amount: 12_500,
      currency: 'GBP',
      items: [{ description: 'Retainer', amount: 12_500 }],
      frequency: 'monthly',
      anchorDay: 24,
      nextInvoiceDate: '2026-11-24',
      dueDays: 14,
      status: 'active',
    });
    return {
      deeds: twice('processRecurringInvoices'),
      check: (books) => [
        ...differs(
          'invoices',
          books.in('invoices').map(([made, row]) => `${made} ${String(row['reference'])}`),
          [`rec_${id}_2026-11-24 REC-0001`],
        ),
        ...differs('the next one', books.at(`recurring_invoices/${id}`)['nextInvoiceDate'], '2026-12-24'),
        ...differs('made', books.at(`recurring_invoices/${id}`)['invoicesMade'], 1),
        ...differs('history', books.in('recurring_invoice_history').length, 1),
      ],
    };
  },
};

/** Somebody's first days: days are counted from when his account was made, by Firestore's real clock. */
export const behaviour: Story = {
  name: 'sendBehavioralEmails',
  crashPoints: [...JOB_POINTS, ...around('behaviour')],
  provider: 'sendgrid',
  begin: async (scene) => {
    const uid = newId('user');
    await scene.db.doc(`users/${uid}`).set({
      email: `${uid}@studio.example`,
      subscriptionTier: 'free',
      marketingConsent: true,
      createdAt: new Date(),
      updatedAt: new Date(),
    });
    scene.travel(new Date(Date.now() + 3 * 86_400_000));
    return {
      deeds: twice('sendBehavioralEmails'),
      check: (books) => [
        ...differs(
          'e-mails',
          books.in('outbox').map(([id]) => id),
          [`tips_${uid}`],
        ),
        ...differs('markers', books.has(`users/${uid}/sent/tips`), true),
      ],
    };
  },
};

/** Two months that are over, and one that is not. */
export const usage: Story = {
  name: 'resetMonthlyUsage',
  crashPoints: [...JOB_POINTS, ...around('usage')],
  provider: null,
  begin: async ({ db }) => {
    const months = ['2026-09', '2026-10', '2026-11'];
    const uid = newId('user');
    for (const month of months)
      await db.doc(`usage/${uid}_${month}`).set({
        freelancerId: uid,
        month,
        counters: { chasedInvoices: 7 },
        limits: { chasedInvoices: 10 },
      });
    return {
      deeds: twice('resetMonthlyUsage'),
      check: (books) =>
        differs(
          'closed',
          months.map((month) => books.at(`usage/${uid}_${month}`)).map((row) => row['closedAt'] != null),
          [true, true, false],
        ),
    };
  },
};

/** Rows whose time is over, with what lies below them. */
export const maintenance: Story = {
  name: 'maintainQueues',
  crashPoints: [...JOB_POINTS, 'purge.before-commit', 'purge.after-commit'],
  provider: null,
  begin: async ({ db, now }) => {
    // For an instance whose clock is late as well: who of them gets the lease is a race.
    const over = new Date(now().getTime() - 10 * 60_000);
    const later = new Date(now().getTime() + 90 * 86_400_000);
    const row = { status: 'sent', leaseUntil: null, createdAt: over };
    for (const [id, expiresAt] of [
      ['gone-1', over],
      ['gone-2', over],
      ['kept', later],
    ] as const) {
      await db.doc(`outbox/${id}`).set({ ...row, expiresAt });
      await db.doc(`outbox/${id}/private/content`).set({ to: 'x' });
    }
    return {
      deeds: twice('maintainQueues'),
      check: (books) =>
        differs(
          'what is left',
          [...books.documents.keys()].filter((path) => path.startsWith('outbox/')).sort(),
          ['outbox/kept', 'outbox/kept/private/content'],
        ),
    };
  },
};

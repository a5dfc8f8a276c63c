import { type DataEntry } from '../dataEntry';

const RECORD = 'a record of money or of a claim has to be kept';

/** Who people are, and what they have agreed to. */
export const peopleData = {
  users: {
    holds:
      'name, business name, e-mail address, phone number, time zone, choices, plan, ids at Stripe and Clerk',
    about: 'freelancer',
    purpose: 'the account',
    basis: 'contract',
    readers: 'the freelancer, admins',
    retention: { rule: 'account' },
    owner: { by: 'id' },
    export: {},
    erasure: {
      does: 'reduce',
      to: [
        'status',
        'closing',
        'role',
        'subscriptionTier',
        'subscriptionStatus',
        'stripeAccountId',
        'stripeCustomerId',
        'stripeCustomersBefore',
        'createdAt',
        'updatedAt',
      ],
      why: 'a payment that still arrives is found by these ids, and a closed account is known to be closed',
    },
  },
  'users/sent': {
    holds: 'which e-mails about the service were sent',
    about: 'freelancer',
    purpose: 'none of them is sent twice',
    basis: 'consent',
    readers: 'the freelancer, admins',
    retention: { rule: 'account' },
    owner: { by: 'parent' },
    export: {},
    erasure: { does: 'delete' },
  },
  clients: {
    holds: 'name, company, e-mail address, phone number, what was said about being contacted',
    about: 'debtor',
    purpose: 'sending invoices and reminders',
    basis: 'legitimate interests',
    readers: 'the freelancer',
    retention: { rule: 'account' },
    owner: { by: 'field', field: 'freelancerId' },
    export: {},
    erasure: { does: 'delete' },
  },
  consent_audit_log: {
    holds: 'which consent was given or withdrawn, by its words and its source',
    about: 'freelancer and debtor',
    purpose: 'proof of consent',
    basis: 'legal obligation',
    readers: 'the freelancer, admins',
    retention: { rule: 'account' },
    owner: { by: 'field', field: 'freelancerId' },
    export: {},
    erasure: { does: 'strip', fields: [], why: 'proof of consent; no contact data in it' },
  },
  data_deletion_requests: {
    holds:
      'that somebody asked for closing, erasure or no reminders, and what came of it; of debtors the keyed hash of the address',
    about: 'freelancer and debtor',
    purpose: 'proof that it was done',
    basis: 'legal obligation',
    readers: 'the freelancer (his own), admins',
    retention: { rule: 'always', why: 'append only, and without contact data' },
    owner: { by: 'field', field: 'freelancerId' },
    export: {},
    erasure: { does: 'survive', why: 'it says that the account was erased' },
  },
  debtor_requests: {
    holds:
      'the e-mail address of a debtor who asked for erasure or no reminders, until that is done, and its keyed hash',
    about: 'debtor',
    purpose: 'doing what was asked, also after an interruption',
    basis: 'legal obligation',
    readers: 'nobody',
    retention: { rule: 'age', field: 'doneAt', days: 365 },
    owner: null,
    export: { not: "it is a debtor's" },
    erasure: { does: 'survive', why: "it is a debtor's" },
  },
  stripe_customers: {
    holds: 'the id at Stripe as a paying customer',
    about: 'freelancer',
    purpose: 'the subscription',
    basis: 'contract',
    readers: 'nobody',
    retention: { rule: 'account' },
    owner: { by: 'field', field: 'uid' },
    export: { withholds: ['syncSeq'] },
    erasure: { does: 'strip', fields: [], why: 'an event of Stripe that comes late is known to be late' },
  },
  onboarding_progress: aboutMe('which steps of the start were done', 'showing the next step', 'delete'),
  notifications: {
    holds: 'what the freelancer was told, by invoice number',
    about: 'freelancer and debtor',
    purpose: 'telling him',
    basis: 'contract',
    readers: 'the freelancer',
    retention: { rule: 'age', field: 'createdAt', days: 365 },
    owner: { by: 'field', field: 'freelancerId' },
    export: {},
    erasure: { does: 'delete' },
  },
  referrals: aboutMe('who was invited', 'the referral programme', 'delete'),
  referral_credits: aboutMe('credits for invitations', 'the referral programme', 'keep'),
  referral_payouts: aboutMe('payouts for invitations', 'the referral programme', 'keep'),
  user_stats: aboutMe('sums over the account', 'showing them', 'delete'),
  user_events: aboutMe('what was done in the web client', 'improving the service', 'delete'),
  user_behavior_profile: aboutMe('what follows from it', 'improving the service', 'delete'),
  daily_summaries: aboutMe('sums over a day', 'showing them', 'delete'),
} as const satisfies Readonly<Record<string, DataEntry>>;

/** Under the freelancer's uid, or with it in `freelancerId`. */
function aboutMe(holds: string, purpose: string, erasure: 'delete' | 'keep'): DataEntry {
  return {
    holds,
    about: 'freelancer',
    purpose,
    basis: 'legitimate interests',
    readers: 'the freelancer',
    retention: { rule: 'account' },
    owner: { by: 'field', field: 'freelancerId', orId: true },
    export: {},
    erasure:
      erasure === 'delete'
        ? { does: 'delete' }
        : { does: 'strip', fields: ['name', 'email', 'phone'], why: RECORD },
  };
}

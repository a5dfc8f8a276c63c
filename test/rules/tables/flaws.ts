import { casesOf, ownFilter } from '../model/builders';
import { type Case, type Data } from '../model/case';
import { DEBTOR_EMAIL, OTHER, OWNER } from '../model/personas';
import { draft, sealed, sent } from './invoiceData';
import { frozenProfileFields, profile } from './users';

interface Flaw {
  readonly title: string;
  readonly cases: readonly Case[];
}

const users = casesOf('users');
const invoices = casesOf('invoices');
const clients = casesOf('clients');
const notices = casesOf('notifications');
const config = casesOf('system_config');
const who = 'owner';
const mine = { id: OWNER, before: profile };
const notice = { id: 'flaw-notice', before: { freelancerId: OWNER, title: 'Paid', read: false } };
const named: Data = { freelancerId: OWNER };

const profileUpdate = (what: string, data: Data, allowed: boolean): Case =>
  users({ who, op: 'update', what, ...mine, data, allowed });
const forged = (name: string): Case =>
  casesOf(name)({
    who: 'other',
    op: 'create',
    data: { ...named, status: 'client_confirmed' },
    allowed: false,
  });
const listOwn = (name: string): Case =>
  casesOf(name)({ who, op: 'list', filters: [ownFilter], allowed: true });

/** What an earlier implementation's rules got wrong, each as questions that must be answered right. */
export const flaws: readonly Flaw[] = [
  {
    title: '1: a protected field can not be changed, alone or with others, and changing nothing is allowed',
    cases: [
      profileUpdate('tier alone', { subscriptionTier: 'pro' }, false),
      profileUpdate('tier with a free field', { subscriptionTier: 'pro', timezone: 'UTC' }, false),
      profileUpdate('tier with an unknown field', { subscriptionTier: 'pro', language: 'en' }, false),
      profileUpdate('nothing', { name: 'Alice' }, true),
    ],
  },
  {
    title: '2: what is protected is everything but an allow-list',
    cases: [
      ...Object.entries(frozenProfileFields).map(([field, value]) =>
        profileUpdate(field, { [field]: value, name: 'New' }, false),
      ),
      profileUpdate('a field of next year', { newField: 1 }, false),
    ],
  },
  {
    title: "3: nobody takes over another's invoice, and the owner changes no money after sending",
    cases: [
      invoices({ who: 'other', op: 'update', before: draft, data: { freelancerId: OTHER }, allowed: false }),
      invoices({ who: 'other', op: 'update', before: sent, data: { freelancerId: OTHER }, allowed: false }),
      ...[
        { status: 'paid' },
        { amount: 1 },
        { escalationLevel: 'agency' },
        { paymentClaimStatus: 'x' },
        { collectionsAttempts: 0 },
      ].map((data) => invoices({ who, op: 'update', before: sent, data, allowed: false })),
    ],
  },
  {
    title: '4: what is created has the right shape',
    cases: [
      ...[{ amount: '100' }, { amount: -100 }, { status: 'paid' }, { items: 'none' }].map((data) =>
        invoices({ who, op: 'create', data: { ...draft, ...data }, allowed: false }),
      ),
      clients({ who, op: 'create', data: { ...named, name: 7 }, allowed: false }),
      clients({ who, op: 'create', data: { ...named, name: 'Dora', email: DEBTOR_EMAIL }, allowed: false }),
    ],
  },
  {
    title: '5: the debtor has a verified address, in any case, and sees what was sent to him and no notes',
    cases: [
      invoices({ who: 'debtor, unverified', op: 'get', before: sent, allowed: false }),
      invoices({ who: 'debtor, verified', op: 'get', before: sent, allowed: true }),
      invoices({ who: 'debtor, in another case', op: 'get', before: sent, allowed: true }),
      ...['draft', 'cancelled'].map((status) =>
        invoices({ who: 'debtor, verified', op: 'get', before: { ...sent, status }, allowed: false }),
      ),
      invoices({
        who,
        op: 'create',
        what: 'with notes',
        data: { ...draft, notes: 'Slow payer' },
        allowed: false,
      }),
      casesOf(
        'invoices/private',
        'invoices/flaw-5/private',
      )({
        who: 'debtor, verified',
        op: 'get',
        before: { ...named, text: 'Slow payer', clientEmail: DEBTOR_EMAIL },
        allowed: false,
      }),
    ],
  },
  {
    title: '6: a sealed address is matched by its hash in the token',
    cases: [
      invoices({ who: 'debtor, by hash', op: 'get', before: sealed, allowed: true }),
      invoices({ who: 'debtor, verified', op: 'get', before: sealed, allowed: false }),
      invoices({ who: 'debtor, unverified', op: 'get', before: sealed, allowed: false }),
    ],
  },
  {
    title: '7: a list is proven by its filters; no limit is forced, and without a filter nothing comes',
    cases: [
      listOwn('invoices'),
      invoices({ who, op: 'list', allowed: false }),
      clients({ who, op: 'list', allowed: false }),
    ],
  },
  {
    title: '8: nobody forges a confirmation, a referral, an event or progress',
    cases: [
      ...['payment_confirmations', 'referrals', 'user_events', 'onboarding_progress'].map(forged),
      casesOf('onboarding_progress')({
        who: 'other',
        op: 'create',
        what: "in another's name",
        id: OTHER,
        data: named,
        allowed: false,
      }),
    ],
  },
  {
    title: '9: a claim is read by the debtor who made it, and made through the server',
    cases: [
      ...(['owner', 'debtor, verified'] as const).map((reader) =>
        casesOf('payment_claims')({
          who: reader,
          op: 'get',
          before: { ...named, clientEmail: DEBTOR_EMAIL },
          allowed: true,
        }),
      ),
      casesOf('payment_claims')({ who, op: 'create', data: named, allowed: false }),
      casesOf('payment_claims')({ who: 'debtor, verified', op: 'create', data: named, allowed: false }),
    ],
  },
  {
    title: '10: the owner is `freelancerId` everywhere, the chase included',
    cases: [
      'notifications',
      'clients',
      'escalation_states',
      'escalation_timeline',
      'collection_attempts',
    ].map(listOwn),
  },
  {
    title: '11: of a notification only `read` and `readAt` change',
    cases: [
      notices({ who, op: 'update', ...notice, data: { read: true }, allowed: true }),
      notices({ who, op: 'update', ...notice, data: { read: true, title: 'x' }, allowed: false }),
    ],
  },
  {
    title: '12: of the configuration only `public` is public, to those who are signed in',
    cases: [
      config({ who, op: 'get', id: 'rates', before: { base: 5 }, allowed: false }),
      config({ who, op: 'get', id: 'public', before: { rate: 5 }, allowed: true }),
      config({ who: 'anonymous', op: 'get', id: 'public', before: { rate: 5 }, allowed: false }),
    ],
  },
  {
    title: '13: what counts is the uid of Firebase Auth, wherever the sign-in came from',
    cases: [
      users({ who, op: 'get', ...mine, allowed: true }),
      users({ who: 'anonymous', op: 'get', ...mine, allowed: false }),
      users({ who: 'other', op: 'get', ...mine, allowed: false }),
    ],
  },
  {
    title: '14: every collection that the owner sees is covered, and what is not covered is closed',
    cases: [
      ...['consent_audit_log', 'recurring_invoices', 'data_deletion_requests'].map(listOwn),
      ...['emailEvents', 'analytics_events', 'paymentClaims'].map((name) =>
        casesOf(name)({ who, op: 'get', before: named, allowed: false }),
      ),
    ],
  },
  {
    title: '15: sizes are bounded and instants are timestamps',
    cases: [
      invoices({ who, op: 'create', data: { ...draft, reference: 'r'.repeat(101) }, allowed: false }),
      invoices({ who, op: 'create', data: { ...draft, createdAt: 'now' }, allowed: false }),
      profileUpdate('a long name', { name: 'a'.repeat(201) }, false),
      profileUpdate('updatedAt a number', { updatedAt: 1 }, false),
      notices({ who, op: 'update', ...notice, data: { readAt: 'now' }, allowed: false }),
    ],
  },
  {
    title: '16: an admin is one by his token, whatever stands in documents',
    cases: [
      users({ who: 'admin', op: 'get', ...mine, allowed: true }),
      profileUpdate('role', { role: 'admin' }, false),
      casesOf('user_roles')({ who, op: 'create', id: OWNER, data: { role: 'super_admin' }, allowed: false }),
      casesOf('audit_log')({ who, op: 'get', before: named, allowed: false }),
    ],
  },
];

import { type Case, type Data, type Filter } from '../model/case';
import { ownedTable, ownFilter, plainTable, readOnlyTable } from '../model/builders';
import { DEBTOR_EMAIL, DEBTOR_HASH, debtorsByHash, OTHER, OWNER, type Persona } from '../model/personas';

/** Collections that the server alone writes and the freelancer reads. */
export function ownedTables(): Case[] {
  const amount = { amount: 1 };
  return [
    ...ownedTable(
      'transactions',
      { amount: 100, status: 'completed' },
      { frozen: { ...amount, status: 'refunded' } },
    ),
    ...ownedTable(
      'escalation_states',
      { isPaused: true },
      { frozen: { isPaused: false, currentLevel: 'agency' } },
    ),
    ...ownedTable('escalation_timeline', { eventType: 'escalated' }, { frozen: { eventType: 'closed' } }),
    ...ownedTable('collection_attempts', { result: 'delivered' }, { frozen: { result: 'failed' } }),
    ...ownedTable('emails_sent', { deliveryStatus: 'sent' }, { frozen: { deliveryStatus: 'delivered' } }),
    ...ownedTable('sms_replies', { messageBody: 'STOP' }, { admin: true, frozen: { messageBody: 'YES' } }),
    ...plainTable('sms_replies', { freelancerId: null, messageBody: 'STOP' }, ['admin'], {
      id: 'unlinked',
      frozen: { freelancerId: OWNER },
    }).filter(({ op }) => op !== 'list'),
    ...ownedTable('recurring_invoices', { status: 'active' }, { frozen: { status: 'paused', ...amount } }),
    ...ownedTable('recurring_invoice_history', { period: '2026-03' }, { frozen: { period: '2026-04' } }),
    ...ownedTable('consent_audit_log', { given: true }, { admin: true, frozen: { given: false } }),
    ...ownedTable('data_deletion_requests', { status: 'open' }, { admin: true, frozen: { status: 'done' } }),
  ];
}

/** Those whose id may be the uid as well. */
export function aboutMeTables(): Case[] {
  return [
    'agency_handoffs',
    'referrals',
    'referral_credits',
    'referral_payouts',
    'user_stats',
    'user_events',
    'user_behavior_profile',
    'daily_summaries',
  ].flatMap((name) => [
    ...ownedTable(name, { count: 1 }, { frozen: { count: 2 } }),
    ...readOnlyTable({
      name,
      id: OWNER,
      data: { count: 1 },
      readers: ['owner'],
      lists: [],
      frozen: {},
    }),
  ]);
}

const byEmail: readonly Persona[] = ['owner', 'debtor, verified', 'debtor, in another case'];

/** What a debtor says about a payment. */
export function claimTables(): Case[] {
  const claim: Data = { freelancerId: OWNER, clientEmail: DEBTOR_EMAIL, amount: 100, status: 'pending' };
  const mine: Filter = { field: 'clientEmail', op: '==', value: DEBTOR_EMAIL };
  const sealedMine: Filter = { field: 'clientEmailHash', op: '==', value: DEBTOR_HASH };
  const frozen = { status: 'verified', amount: 1, clientEmail: 'mallory@evil.example', freelancerId: OTHER };
  return ['payment_claims', 'payment_confirmations'].flatMap((name) => [
    ...readOnlyTable({
      name,
      data: claim,
      readers: byEmail,
      lists: [
        { filters: [ownFilter], by: ['owner'] },
        { filters: [mine], by: byEmail.slice(1) },
        { filters: [sealedMine], by: debtorsByHash },
        { filters: [{ field: 'status', op: '==', value: 'pending' }], by: [] },
        { filters: [], by: [] },
      ],
      frozen,
    }),
    ...readOnlyTable({
      name,
      id: `${name}-sealed`,
      data: { ...claim, clientEmail: 'v1:c2VhbGVk', clientEmailHash: DEBTOR_HASH },
      readers: ['owner', ...debtorsByHash],
      lists: [],
      frozen: {},
    }),
  ]);
}

/** What admins alone read, and what nobody does. */
export function closedTables(): Case[] {
  const admin: readonly Persona[] = ['admin'];
  const mine: Data = { freelancerId: OWNER, clientEmail: DEBTOR_EMAIL, status: 'pending' };
  const parts = [
    ['failed_webhooks', 'failed_webhooks/e1/private'],
    ['outbox', 'outbox/m1/private'],
  ] as const;
  return [
    ...['audit_log', 'sms_opt_out_audit', 'failed_webhooks', 'outbox', 'cron_leases', 'cron_runs'].flatMap(
      (name) => plainTable(name, mine, admin),
    ),
    ...plainTable('cron_runs/pages', mine, admin, { path: 'cron_runs/job_1/pages' }),
    ...parts.flatMap(([name, path]) => plainTable(`${name}/private`, mine, [], { path })),
    ...[
      'processed_events',
      'sms_opt_outs',
      'email_suppressions',
      'recipients',
      'invoice_sequences',
      'data_keys',
      'reconciliations',
      'stripe_customers',
      'checkout_expiries',
      'debtor_requests',
      'user_roles',
      'anything_else',
    ].flatMap((name) => plainTable(name, mine, [])),
  ];
}

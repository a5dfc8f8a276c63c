import { type DataEntry } from '../dataEntry';
import { expiryDays } from '../expiry';

const OTHERS = 'it is about addresses, whoever writes to them';
const TECHNICAL = "the server's own working data";
const NO = 'a "no" has to outlive everything';

/** What the server keeps to do its work, and every "no". */
export const serverData = {
  outbox: {
    holds: 'that a message was to be sent, to the keyed hash of which address, and what came of it',
    about: 'freelancer and debtor',
    purpose: 'sending it once',
    basis: 'contract',
    readers: 'admins',
    retention: { rule: 'expires', days: expiryDays.outbox, after: 'it is done with' },
    owner: { by: 'field', field: 'freelancerId' },
    export: { withholds: ['recipientHash', 'contentHash', 'attemptId', 'leaseUntil', 'dueAt', 'wordedLate'] },
    erasure: { does: 'delete' },
  },
  'outbox/private': {
    holds: 'the address and the values of a message',
    about: 'freelancer and debtor',
    purpose: 'sending it once',
    basis: 'contract',
    readers: 'nobody',
    retention: { rule: 'parent' },
    owner: { by: 'parent' },
    export: { not: 'the message was received, and what is in it is in the invoice' },
    erasure: { does: 'follow' },
  },
  sms_opt_outs: {
    holds: 'a phone number, and whether it wants no text messages',
    about: 'debtor',
    purpose: 'sending none to it',
    basis: 'legal obligation',
    readers: 'nobody',
    retention: { rule: 'always', why: NO },
    owner: null,
    export: { not: OTHERS },
    erasure: { does: 'survive', why: NO },
  },
  sms_opt_out_audit: {
    holds: 'a phone number, and when it said STOP or START',
    about: 'debtor',
    purpose: 'proof; what was said is never taken as said again',
    basis: 'legal obligation',
    readers: 'admins',
    retention: { rule: 'always', why: NO },
    owner: null,
    export: { not: OTHERS },
    erasure: { does: 'survive', why: NO },
  },
  email_suppressions: {
    holds: 'the keyed hash of an address that is not written to, and why',
    about: 'freelancer and debtor',
    purpose: 'sending nothing to it',
    basis: 'legal obligation',
    readers: 'nobody',
    retention: { rule: 'always', why: NO },
    owner: { by: 'address' },
    export: {},
    erasure: { does: 'survive', why: NO },
  },
  recipients: {
    holds: 'the keyed hash of an address, and when it was written to in the last eight days',
    about: 'freelancer and debtor',
    purpose: 'not writing to anybody too often',
    basis: 'legitimate interests',
    readers: 'nobody',
    retention: { rule: 'age', field: 'updatedAt', days: 365 },
    owner: null,
    export: { not: OTHERS },
    erasure: { does: 'survive', why: OTHERS },
  },
  processed_events: technical('which event of a provider was applied', 'applying it once', {
    rule: 'expires',
    days: expiryDays.claims,
    after: 'it was applied',
  }),
  failed_webhooks: technical('which event could not be applied, and why', 'trying it again', {
    rule: 'expires',
    days: expiryDays.failedWebhooks,
    after: 'it was resolved or discarded; until then a person has to look',
  }),
  'failed_webhooks/private': {
    ...technical(
      'the event as the provider sent it, with whatever is in it about people',
      'trying it again',
      {
        rule: 'parent',
      },
    ),
    about: 'freelancer and debtor',
    readers: 'nobody',
  },
  checkout_expiries: technical('which payment page was closed', 'closing it', {
    rule: 'expires',
    days: expiryDays.checkoutExpiries,
    after: 'it was closed',
  }),
  audit_log: {
    ...technical('which admin did what, and why', 'supervision', {
      rule: 'age',
      field: 'createdAt',
      days: 2192,
    }),
    about: 'admin',
  },
  cron_leases: technical(null, 'one runner at a time', { rule: 'always', why: 'one row for each job' }),
  cron_runs: technical(null, 'what jobs did', {
    rule: 'expires',
    days: expiryDays.cronRuns,
    after: 'it was finished',
  }),
  'cron_runs/pages': technical(null, 'what jobs did', { rule: 'parent' }),
  reconciliations: technical(null, 'how far jobs have come', { rule: 'always', why: 'one row for each job' }),
  system_config: technical(null, 'settings', { rule: 'always', why: 'settings' }),
  // Last: until all that it opens is erased, it is needed.
  data_keys: {
    holds: "the wrapped key with which the contact data of a freelancer's clients is sealed",
    about: 'debtor',
    purpose: 'keeping it from whoever gets a copy of the database',
    basis: 'legitimate interests',
    readers: 'nobody',
    retention: { rule: 'account' },
    owner: { by: 'id' },
    export: { not: 'what it opens is exported in the clear' },
    erasure: { does: 'delete' },
  },
} as const satisfies Readonly<Record<string, DataEntry>>;

function technical(holds: string | null, purpose: string, retention: DataEntry['retention']): DataEntry {
  return {
    holds,
    about: 'nobody',
    purpose,
    basis: holds === null ? 'none needed' : 'legitimate interests',
    readers: 'admins',
    retention,
    owner: null,
    export: { not: TECHNICAL },
    erasure: { does: 'survive', why: TECHNICAL },
  };
}

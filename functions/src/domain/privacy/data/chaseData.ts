import { contactFieldsOf } from '../../contact/contactFieldsOf';
import { contactSchemas } from '../../contact/contactSchemas';
import { type DataEntry, type Owner } from '../dataEntry';
import { expiryDays } from '../expiry';

const RECORD = 'a record of money or of a claim has to be kept';

/** By which a debtor is written to or found, clear or sealed, and what is shown of it, on whatever document they stand. */
const CONTACT = contactFieldsOf(contactSchemas.invoices);

const MINE = { by: 'field', field: 'freelancerId' } as const satisfies Owner;

/** Invoices, money, and the chase. */
export const chaseData = {
  invoices: {
    holds:
      "the debtor's name, e-mail address and phone number, what is owed for what, his words in a dispute",
    about: 'debtor',
    purpose: 'invoicing and collecting what is owed',
    basis: 'legitimate interests',
    readers: 'the freelancer; the debtor once it is sent',
    retention: { rule: 'account' },
    owner: MINE,
    export: {},
    erasure: {
      does: 'strip',
      fields: CONTACT,
      why: 'an invoice has to be kept, with the name of whom it was for',
      unless: { field: 'status', is: 'draft' },
    },
  },
  'invoices/private': {
    holds: "the freelancer's notes",
    about: 'debtor',
    purpose: "the freelancer's own",
    basis: 'legitimate interests',
    readers: 'the freelancer',
    retention: { rule: 'account' },
    owner: { by: 'part' },
    export: {},
    erasure: { does: 'delete' },
  },
  transactions: {
    holds: 'who was paid how much when, and the id of the payment at Stripe',
    about: 'freelancer and debtor',
    purpose: 'the books',
    basis: 'legal obligation',
    readers: 'the freelancer',
    retention: { rule: 'account' },
    owner: MINE,
    export: {},
    erasure: { does: 'strip', fields: [], why: RECORD },
  },
  payment_claims: {
    holds: "the debtor's e-mail address and his word that he has paid",
    about: 'debtor',
    purpose: 'asking the freelancer whether it is so',
    basis: 'legitimate interests',
    readers: 'the freelancer; the debtor who made it',
    retention: { rule: 'account' },
    owner: MINE,
    export: {},
    erasure: { does: 'strip', fields: CONTACT, why: RECORD },
  },
  payment_confirmations: {
    holds: "the debtor's e-mail address and what was confirmed to him",
    about: 'debtor',
    purpose: 'proof of payment',
    basis: 'legitimate interests',
    readers: 'the freelancer; the debtor',
    retention: { rule: 'account' },
    owner: MINE,
    export: {},
    erasure: { does: 'strip', fields: CONTACT, why: RECORD },
  },
  escalation_states: record('how far the chase of an invoice has come', 'the chase'),
  escalation_timeline: record('what happened to an invoice, when', 'showing it; proof of how it was chased'),
  collection_attempts: record(
    'which reminder was sent when, and what came of it',
    'proof of how it was chased',
  ),
  emails_sent: record('which e-mail about an invoice was sent when', 'proof of how it was chased'),
  agency_handoffs: {
    ...record('what was offered to a collection agency', 'the handover'),
    owner: { by: 'field', field: 'freelancerId', orId: true },
  },
  sms_replies: {
    holds: 'the number that wrote to us, and its words',
    about: 'debtor',
    purpose: 'showing the answer to the freelancer whom it concerns',
    basis: 'legitimate interests',
    readers: 'admins; the freelancer once it is linked to him',
    retention: {
      rule: 'expires',
      days: expiryDays.smsReplies,
      after: 'it came (a YES that was no opt-in: never, lest it become one)',
    },
    owner: MINE,
    export: {},
    erasure: {
      does: 'strip',
      fields: [...contactFieldsOf(contactSchemas.sms_replies), 'messageBody'],
      why: 'it is known not to come twice',
    },
  },
  recurring_invoices: {
    holds: "the client's name, what is invoiced again and again",
    about: 'debtor',
    purpose: 'making invoices',
    basis: 'contract',
    readers: 'the freelancer',
    retention: { rule: 'account' },
    owner: MINE,
    export: {},
    erasure: { does: 'delete' },
  },
  recurring_invoice_history: record('which invoice was made for which period', 'none is made twice'),
  invoice_sequences: {
    holds: 'the latest invoice number',
    about: 'freelancer',
    purpose: 'numbers without gaps',
    basis: 'legal obligation',
    readers: 'nobody',
    retention: { rule: 'account' },
    owner: { by: 'id' },
    export: {},
    erasure: { does: 'delete' },
  },
  usage: {
    holds: 'how many invoices were chased in a month',
    about: 'freelancer',
    purpose: 'the limits of the plan',
    basis: 'contract',
    readers: 'the freelancer',
    retention: { rule: 'age', field: 'updatedAt', days: 730 },
    owner: MINE,
    export: {},
    erasure: { does: 'delete' },
  },
  'usage/invoices': {
    holds: 'which invoices were counted',
    about: 'freelancer',
    purpose: 'the limits of the plan',
    basis: 'contract',
    readers: 'the freelancer',
    retention: { rule: 'parent' },
    owner: { by: 'parent' },
    export: {},
    erasure: { does: 'follow' },
  },
} as const satisfies Readonly<Record<string, DataEntry>>;

/** A freelancer's record without contact data. */
function record(holds: string, purpose: string): DataEntry {
  return {
    holds,
    about: 'debtor',
    purpose,
    basis: 'legitimate interests',
    readers: 'the freelancer',
    retention: { rule: 'account' },
    owner: MINE,
    export: {},
    erasure: { does: 'strip', fields: [], why: RECORD },
  };
}

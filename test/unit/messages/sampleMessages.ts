import { type MessageLinks } from '../../../functions/src/domain/messages/messageLinks';
import {
  type MessageTemplate,
  messageTemplates,
  type ParamsOf,
} from '../../../functions/src/domain/messages/messageTemplates';

/** One message with values as they usually are. */
export interface SampleMessage {
  /** The template, and behind a dot what is special about this sample. */
  readonly name: string;
  readonly template: MessageTemplate;
  readonly params: Readonly<Record<string, string | number | boolean | null>>;
  readonly links: MessageLinks;
}

const LINKS: MessageLinks = {
  payUrl: 'https://app.recoup.example/i/inv_7Fq2?t=v1.c2lnbmVk',
  unsubscribeUrl: 'https://app.recoup.example/u?t=v1.c2lnbmVk',
  consentUrl: 'https://app.recoup.example/c?t=v1.c2lnbmVk',
  appUrl: 'https://app.recoup.example/',
};

const toDebtor = {
  clientName: 'Northgate Interiors',
  businessName: 'Ada Bell Design',
  reference: 'INV-202611-0042',
};
const toFreelancer = { clientName: 'Northgate Interiors', reference: 'INV-202611-0042' };
const sum = { amount: 125_000, currency: 'GBP' };
const dueDate = '2026-11-24';
const noStatutory = { statutoryInterest: null, compensation: null, rate: null, chargesStatutory: false };
const statutory = { compensation: 7_000, rate: '11.75', chargesStatutory: false };

const usual: { readonly [T in MessageTemplate]: ParamsOf<T> } = {
  invoice: { ...toDebtor, ...sum, dueDate },
  receipt: { ...toDebtor, ...sum },
  claim_received: { ...toDebtor, ...sum },
  claim_verified: { ...toDebtor, ...sum, outstanding: 0 },
  claim_rejected: { ...toDebtor, ...sum, reason: 'not_received' },
  invoice_cancelled: { ...toDebtor, ...sum },
  reminders_stopped: toDebtor,
  courtesy_before: { ...toDebtor, ...sum, dueDate },
  courtesy_due: { ...toDebtor, ...sum, dueDate },
  gentle: { ...toDebtor, ...sum, dueDate },
  firm: { ...toDebtor, ...sum, dueDate, ...statutory, statutoryInterest: 604 },
  final: { ...toDebtor, ...sum, dueDate, payBy: '2026-12-31', ...statutory, statutoryInterest: 1_207 },
  payment_unapplied: { ...sum, reason: 'currency_mismatch' },
  overpayment: { reference: toDebtor.reference, ...sum, overpaid: 2_500 },
  payment_disputed: { reference: toDebtor.reference, ...sum },
  payment_refunded: { reference: toDebtor.reference, currency: 'GBP', refunded: 2_500 },
  claim_to_verify: { ...toFreelancer, ...sum, method: 'bank_transfer', paidOn: '2026-12-01' },
  claim_reminder: { ...toFreelancer, ...sum, hoursLeft: 6 },
  claim_expired: { ...toFreelancer, ...sum },
  email_bounced: toFreelancer,
  message_unknown: { ...toFreelancer, channel: 'sms' },
  agency_offer: { ...toFreelancer, ...sum, dueDate },
  subscription_payment_failed: { plan: 'growth', keptUntil: '2026-12-08' },
  plan_changed: { plan: 'starter', previousPlan: 'growth' },
  invoice_disputed: { ...toFreelancer, ...sum },
  tutorial: {},
  tips: {},
  first_week: {},
  upgrade: {},
  inactive: {},
  draft_waiting: { reference: toDebtor.reference, ...sum },
  quota_80: { used: 4, limit: 5, plan: 'free' },
};

const nameless = { clientName: null, businessName: null, reference: '' };

/** What the sender gives: a freelancer has no page about an invoice, and chooses what to get in the web client. */
function linksFor(template: MessageTemplate): MessageLinks {
  const none = { payUrl: null, consentUrl: null, unsubscribeUrl: null };
  switch (messageTemplates[template].class) {
    case 'freelancer_notice':
      return { ...LINKS, ...none };
    case 'marketing':
      return { ...LINKS, ...none, unsubscribeUrl: LINKS.unsubscribeUrl };
    case 'dunning':
    case 'courtesy':
    case 'debtor_service':
      return LINKS;
  }
}

function special<T extends MessageTemplate>(
  name: `${T}.${string}`,
  template: T,
  change: Partial<ParamsOf<T>>,
  links: Partial<MessageLinks> = {},
): SampleMessage {
  return {
    name,
    template,
    params: { ...usual[template], ...change },
    links: { ...linksFor(template), ...links },
  };
}

/** Every template once, and those that say different things for different values once for each. */
export const sampleMessages: readonly SampleMessage[] = [
  ...Object.entries(usual).map(([name, params]): SampleMessage => {
    const template = name as MessageTemplate;
    return { name, template, params, links: linksFor(template) };
  }),
  special('invoice.no-names', 'invoice', nameless, { payUrl: null }),
  special('gentle.no-names', 'gentle', nameless, { payUrl: null }),
  special('firm.no-statutory', 'firm', noStatutory),
  special('firm.compensation-only', 'firm', { statutoryInterest: null, rate: null }),
  special('firm.charged', 'firm', { chargesStatutory: true }),
  special('final.no-statutory', 'final', noStatutory),
  special('final.charged', 'final', { chargesStatutory: true }),
  special('claim_verified.part', 'claim_verified', { amount: 100_000, outstanding: 25_000 }),
  special('claim_to_verify.no-names', 'claim_to_verify', {
    clientName: null,
    reference: '',
    paidOn: null,
    method: 'cash',
  }),
  special('subscription_payment_failed.no-grace', 'subscription_payment_failed', { keptUntil: null }),
];

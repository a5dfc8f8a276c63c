import { type GateInput } from '../../../functions/src/domain/gate/gateInput';
import { plansSchema } from '../../../functions/src/domain/gate/plans';
import { policySchema } from '../../../functions/src/domain/gate/policy';
import { initialEscalationState } from '../../../functions/src/domain/invoice/escalationState';
import { type MessageClass } from '../../../functions/src/domain/messages/messageTemplates';

/** A Tuesday at ten in London. */
export const NOW = new Date('2026-11-24T10:00:00Z');
const PLANS = plansSchema.parse({});
const DAY_MS = 24 * 60 * 60 * 1000;

/** What a gate input may differ in. */
export interface Differences {
  readonly now?: Date;
  readonly message?: Partial<GateInput['message']>;
  readonly invoice?: Partial<NonNullable<GateInput['invoice']>> | null;
  readonly chase?: Partial<NonNullable<GateInput['chase']>> | null;
  readonly freelancer?: Partial<NonNullable<GateInput['freelancer']>> | null;
  readonly recipient?: Partial<GateInput['recipient']>;
  readonly usage?: Partial<NonNullable<GateInput['usage']>> | null;
  readonly policy?: object;
}

/** A text message that the gate lets go, in all but these respects. */
export function gateInput(messageClass: MessageClass, differences: Differences = {}): GateInput {
  const { now = NOW, message, invoice, chase, freelancer, recipient, usage, policy } = differences;
  return {
    now,
    message: { class: messageClass, channel: 'sms', level: 'gentle', createdAt: now, ...message },
    invoice:
      invoice === null
        ? null
        : {
            reference: 'INV-1',
            freelancerId: 'user-1',
            amount: 10_000,
            amountPaid: 0,
            amountRefunded: 0,
            currency: 'GBP',
            status: messageClass === 'courtesy' ? 'sent' : 'in_collections',
            dueDate: messageClass === 'courtesy' ? '2026-11-27' : '2026-11-15',
            collectionsEnabled: true,
            ...invoice,
          },
    chase: chase === null ? null : { ...initialEscalationState('user-1'), currentLevel: 'gentle', ...chase },
    freelancer:
      freelancer === null
        ? null
        : {
            active: true,
            collectionsEnabled: true,
            optedOut: { sms: false, email: false },
            marketingConsent: true,
            plan: PLANS.growth,
            ...freelancer,
          },
    recipient: {
      address: '+447700900001',
      permissionWithdrawn: false,
      optedOut: false,
      optedOutAt: null,
      suppressed: false,
      usable: true,
      zone: 'Europe/London',
      nation: 'england-and-wales',
      sends: [],
      ...recipient,
    },
    usage:
      usage === null
        ? null
        : { used: 0, counted: false, resetsAt: new Date('2026-12-01T00:00:00Z'), ...usage },
    policy: policySchema.parse(policy ?? {}),
  };
}

/** One "no" for each step, in the order in which the business rules list them, with the answer that it gets. */
export const NOES: readonly (readonly [step: string, differences: Differences, reason: string])[] = [
  ['1 no invoice', { invoice: null }, 'invoice_not_open'],
  ['1 paid', { invoice: { status: 'paid' } }, 'invoice_not_open'],
  ['1 chase closed', { chase: { closedAt: NOW } }, 'invoice_not_open'],
  ['1 level passed', { chase: { currentLevel: 'firm' } }, 'level_passed'],
  ['1 claimed', { invoice: { paymentClaimStatus: 'pending_verification' } }, 'claimed'],
  ['1 claimed', { chase: { isPaused: true, pauseReason: 'payment_claim' } }, 'claimed'],
  ['1 disputed', { chase: { isPaused: true, pauseReason: 'dispute' } }, 'disputed'],
  ['1 paused', { chase: { isPaused: true, pauseReason: 'manual' } }, 'paused'],
  ['1 promised', { chase: { isPaused: true, pauseReason: 'promise' } }, 'paused'],
  ['2 account gone', { freelancer: null }, 'account_inactive'],
  ['2 account inactive', { freelancer: { active: false } }, 'account_inactive'],
  ['2 reminders off', { freelancer: { collectionsEnabled: false } }, 'collections_disabled'],
  ['2 reminders off here', { invoice: { collectionsEnabled: false } }, 'collections_disabled'],
  ['2 SMS off', { freelancer: { optedOut: { sms: true, email: false } } }, 'sms_disabled'],
  ['2 not in the plan', { freelancer: { plan: PLANS.starter } }, 'not_in_plan'],
  ['2 no consent', { freelancer: { marketingConsent: false } }, 'no_marketing_consent'],
  ['3 withdrawn', { recipient: { permissionWithdrawn: true } }, 'permission_withdrawn'],
  ['3 opted out', { recipient: { optedOut: true, optedOutAt: NOW } }, 'opted_out'],
  ['3 suppressed', { recipient: { suppressed: true } }, 'suppressed_address'],
  ['3 unusable', { recipient: { usable: false } }, 'unusable_address'],
  ['4 written to today', { recipient: { sends: [new Date(NOW.getTime() - 1_000)] } }, 'defer'],
  ['4 thrice in a week', { recipient: { sends: [1, 2, 3].map((days) => daysAgo(days)) } }, 'defer'],
  ['5 hours of the policy', { policy: { contactHours: { sms: { opens: '10:30' } } } }, 'defer'],
  ['6 used up', { usage: { used: 50 } }, 'quota_used_up'],
];

function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * DAY_MS);
}

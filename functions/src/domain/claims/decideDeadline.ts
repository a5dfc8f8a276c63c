import { type Changes } from '../changes';
import { nextActionAt } from '../escalation/nextActionAt';
import { type EscalationState, initialEscalationState } from '../invoice/escalationState';
import { formatMoney } from '../money/formatMoney';
import { type Freelancer, freelancerNotice } from '../payment/decidePayment';
import { type InvoiceState } from '../payment/invoiceConsequences';
import { type PaymentClaim } from './paymentClaim';

const HOUR_MS = 60 * 60 * 1000;

/** Hours before the deadline at which the freelancer is reminded, the last one first. */
const REMINDERS = [6, 24] as const;

/** From this long before its deadline on, a claim may need something. */
export const FIRST_REMINDER_MS = 24 * HOUR_MS;

/** For so long the chase stays paused when nobody has answered. */
const STILL_PAUSED_MS = 7 * 24 * HOUR_MS;

/**
 * What a claim needs that nobody has answered: a reminder to the freelancer, or its end. When both reminders are late,
 * after an outage, only the last one goes; when the deadline has passed, none does.
 *
 * @returns null when it needs nothing now
 */
export function decideDeadline(
  claimId: string,
  claim: PaymentClaim,
  state: InvoiceState | null,
  freelancer: Freelancer | null,
  now: Date,
): Changes | null {
  if (claim.status !== 'pending_verification') return null;
  const leftMs = claim.verificationDeadline.getTime() - now.getTime();
  if (leftMs <= 0) return expiry(claimId, claim, state, freelancer, now);
  const due = REMINDERS.find((hours) => leftMs <= hours * HOUR_MS);
  if (due === undefined || (claim.reminded != null && claim.reminded <= due)) return null;
  return {
    outcome: 'reminded',
    claim: { id: claimId, isNew: false, fields: { reminded: due } },
    outbox: freelancerNotice(freelancer, 'claim_reminder', `${claimId}_${due}`, claim.invoiceId, {
      ...about(claim, state),
      hoursLeft: Math.ceil(leftMs / HOUR_MS),
    }),
  };
}

function about(claim: PaymentClaim, state: InvoiceState | null) {
  return {
    clientName: state?.invoice.clientName ?? null,
    reference: state?.invoice.reference ?? '',
    amount: claim.amount,
    currency: claim.currency,
  };
}

function expiry(
  claimId: string,
  claim: PaymentClaim,
  state: InvoiceState | null,
  freelancer: Freelancer | null,
  now: Date,
): Changes {
  const money = formatMoney(claim.amount, claim.currency);
  const values = about(claim, state);
  return {
    outcome: 'expired',
    claim: { id: claimId, isNew: false, fields: { status: 'expired', answeredAt: null } },
    ...(state === null ? {} : stillPaused(state, now)),
    notifications: [
      {
        id: `claim_expired_${claimId}`,
        freelancerId: claim.freelancerId,
        type: 'claim_expired',
        title: 'The time to answer has passed',
        message: `Nobody has confirmed or rejected ${money} for invoice ${values.reference}. Reminders stay paused for 7 more days.`,
      },
    ],
    outbox: freelancerNotice(freelancer, 'claim_expired', claimId, claim.invoiceId, values),
  };
}

/** As the freelancer is told: from now on, and not from the deadline, which an outage may have left behind. */
function stillPaused(
  { id, invoice, escalation }: InvoiceState,
  now: Date,
): Pick<Changes, 'invoice' | 'escalation'> {
  const expired = { paymentClaimStatus: 'expired' };
  const state = escalation ?? initialEscalationState(invoice.freelancerId);
  const isElse = state.isPaused && state.pauseReason !== 'payment_claim';
  if (state.closedAt != null || isElse) {
    return { invoice: { id, fields: { ...expired, nextActionAt: nextActionAt(invoice, state, now) } } };
  }
  const paused: EscalationState = {
    ...state,
    isPaused: true,
    pauseReason: 'payment_claim',
    pausedAt: state.pausedAt ?? now,
    pauseUntil: new Date(now.getTime() + STILL_PAUSED_MS),
  };
  return {
    invoice: { id, fields: { ...expired, nextActionAt: nextActionAt(invoice, paused, now) } },
    escalation: { invoiceId: id, value: paused },
  };
}

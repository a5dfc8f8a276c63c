import { type SeededRandom } from './random';
import { type SeededInvoice } from './seed';
import {
  newDispute,
  newPayment,
  newRefund,
  says,
  type StripeEvent,
  type StripePayment,
  type StripeRefund,
} from './stripePayment';

/** All that happens to one payment, as Stripe tells it, and how things stand at Stripe when it is over. */
export interface PaymentLife {
  readonly payment: StripePayment;
  /** In the order in which it happened. */
  readonly events: readonly StripeEvent[];
  readonly refunds: readonly (StripeRefund & { readonly status: string })[];
  readonly truth: {
    readonly refunded: number;
    /** Lost in a dispute. */
    readonly disputed: number;
    readonly transaction: 'completed' | 'refunded' | 'disputed';
    readonly invoice: 'paid' | 'refunded' | 'sent';
  };
}

/**
 * A random life of a payment of exactly £100.00: up to three refunds, each of which may fail, and up to two disputes
 * that are won, lost, or closed as a warning.
 */
export function randomLife(seeded: SeededInvoice, random: SeededRandom): PaymentLife {
  const payment = newPayment(seeded);
  const events = [says.sessionPaid(payment), says.intentPaid(payment)];

  const refunds: (StripeRefund & { readonly status: string })[] = [];
  let refunded = 0;
  for (let n = random.below(4); n > 0 && refunded < payment.amount; n -= 1) {
    const left = payment.amount - refunded;
    const made = newRefund(random.below(3) === 0 ? left : 1 + random.below(left));
    const failed = random.below(2) === 0;
    events.push(says.refund(payment, 'created', made, 'pending'));
    events.push(says.chargeRefunded(payment, refunded + made.amount));
    if (failed)
      events.push(says.refund(payment, 'updated', made, 'failed'), says.refund(payment, 'failed', made));
    else events.push(says.refund(payment, 'updated', made));
    refunds.push({ ...made, status: failed ? 'failed' : 'succeeded' });
    if (!failed) refunded += made.amount;
  }

  let lost = 0;
  for (let n = random.below(3); n > 0; n -= 1) {
    const opened = newDispute(random.below(2) === 0 ? payment.amount : 1 + random.below(payment.amount));
    const end = ['won', 'lost', 'warning_closed'][random.below(3)] ?? 'won';
    events.push(says.dispute(payment, 'created', opened, 'needs_response'));
    events.push(says.dispute(payment, 'updated', opened, 'under_review'));
    events.push(says.dispute(payment, 'closed', opened, end));
    if (end === 'lost') lost += opened.amount;
  }

  const disputed = Math.min(lost, payment.amount);
  const kept = payment.amount - refunded - Math.min(disputed, payment.amount - refunded);
  return {
    payment,
    events,
    refunds,
    truth: {
      refunded,
      disputed,
      transaction: disputed > 0 ? 'disputed' : refunded === payment.amount ? 'refunded' : 'completed',
      invoice: kept === payment.amount ? 'paid' : kept === 0 ? 'refunded' : 'sent',
    },
  };
}

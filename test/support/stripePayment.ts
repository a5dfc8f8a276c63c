import { type SeededInvoice } from './seed';
import {
  charge,
  checkoutSession,
  dispute,
  event,
  type EventOptions,
  invoiceMetadata,
  newId,
  paymentIntent,
  refund,
} from './stripeEvents';

/** One payment of an invoice, as Stripe knows it. */
export interface StripePayment {
  readonly paymentIntent: string;
  readonly session: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Record<string, unknown>;
}

export type StripeEvent = ReturnType<typeof event>;

export function newPayment(
  { invoiceId, freelancerId }: SeededInvoice,
  amount = 10_000,
  more: Partial<StripePayment> = {},
): StripePayment {
  return {
    paymentIntent: newId('pi'),
    session: newId('cs_test'),
    amount,
    currency: 'gbp',
    metadata: invoiceMetadata(invoiceId, freelancerId),
    ...more,
  };
}

/** A refund of a payment; its id stays the same through all that is told of it. */
export interface StripeRefund {
  readonly refund: string;
  readonly amount: number;
}

export function newRefund(amount: number): StripeRefund {
  return { refund: newId('re'), amount };
}

export interface StripeDispute {
  readonly dispute: string;
  readonly amount: number;
}

export function newDispute(amount: number): StripeDispute {
  return { dispute: newId('dp'), amount };
}

type Fields = Record<string, unknown>;

/** What Stripe sends about a payment. */
export const says = {
  sessionPaid: (payment: StripePayment, options: EventOptions = {}) =>
    event('checkout.session.completed', checkoutSession(payment), options),
  session: (payment: StripePayment, type: string, fields: Fields = {}) =>
    event(`checkout.session.${type}`, checkoutSession(payment, fields)),
  intentPaid: (payment: StripePayment, options: EventOptions = {}) =>
    event('payment_intent.succeeded', paymentIntent(payment), options),
  declined: (payment: StripePayment, code: string | null = 'card_declined') =>
    event(
      'payment_intent.payment_failed',
      paymentIntent(payment, {
        amount_received: 0,
        status: 'requires_payment_method',
        last_payment_error: { type: 'card_error', code, message: 'Your card was declined.' },
      }),
    ),
  /** The charge with the sum of its refunds. */
  chargeRefunded: (payment: StripePayment, refunded: number, options: EventOptions = {}) =>
    event('charge.refunded', charge({ ...payment, refunded }), options),
  refund: (
    payment: StripePayment,
    type: 'created' | 'updated' | 'failed',
    made: StripeRefund,
    status = type === 'failed' ? 'failed' : 'succeeded',
    options: EventOptions = {},
  ) => event(`refund.${type}`, refund({ ...payment, ...made, status }), options),
  dispute: (
    payment: StripePayment,
    type: 'created' | 'updated' | 'closed',
    opened: StripeDispute,
    status: string,
    options: EventOptions = {},
  ) => event(`charge.dispute.${type}`, dispute({ ...payment, ...opened, status }), options),
};

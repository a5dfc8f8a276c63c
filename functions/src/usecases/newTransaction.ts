import { type StripeEvent } from '../domain/payment/stripeEvent';
import { type Transaction } from '../domain/payment/transaction';

/** The record of a payment as it was received: nothing given back, nothing disputed, not applied to anything yet. */
export function newTransaction(
  payment: { readonly paymentIntentId: string; readonly amount: number; readonly currency: string },
  event: Pick<StripeEvent, 'account'>,
  now: Date,
): Transaction {
  return {
    invoiceId: null,
    freelancerId: null,
    kind: 'payment',
    amount: payment.amount,
    refunded: 0,
    disputed: 0,
    currency: payment.currency,
    status: 'completed',
    applied: false,
    stripePaymentIntentId: payment.paymentIntentId,
    stripeAccountId: event.account ?? null,
    refundFailed: false,
    disputes: {},
    createdAt: now,
  };
}

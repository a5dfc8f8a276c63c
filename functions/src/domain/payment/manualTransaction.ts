import { type manualMethods, type Transaction } from './transaction';

/** A payment of which a person has told us. */
export interface ManualPayment {
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly method: (typeof manualMethods)[number];
  /** 'YYYY-MM-DD' in London; null when it is not known. */
  readonly paidOn: string | null;
}

/** The record of a payment that did not come through Stripe, not applied to anything yet. */
export function manualTransaction(payment: ManualPayment, now: Date): Transaction {
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
    stripePaymentIntentId: null,
    stripeAccountId: null,
    method: payment.method,
    paidOn: payment.paidOn,
    refundFailed: false,
    disputes: {},
    createdAt: now,
  };
}

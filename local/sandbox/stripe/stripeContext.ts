import { type IdempotencyKeys } from './idempotencyKeys';
import { type StripeStore } from './stripeStore';

/** What payment_intent_data asked for: it is applied when the debtor pays. */
export interface PaymentData {
  applicationFeeAmount: number | null;
  description: string | null;
  metadata: Record<string, string>;
}

/** What a session for a subscription was made for: it is applied when the customer pays. */
export interface SubscriptionData {
  priceId: string;
  quantity: number;
  metadata: Record<string, string>;
}

/** What every Stripe path works on. */
export interface StripeContext {
  store: StripeStore;
  keys: IdempotencyKeys;
  /** By session id. */
  paymentData: Map<string, PaymentData>;
  /** By session id. */
  subscriptionData: Map<string, SubscriptionData>;
  now(): Date;
  webhookTarget(): string | undefined;
  webhookSecret(): string;
}

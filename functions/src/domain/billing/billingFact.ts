/** What a Stripe event tells us about a freelancer's own subscription: that this customer is to be looked at. */
export interface BillingFact {
  readonly customerId: string;
  /** The customer is gone for good, and his subscriptions with him. */
  readonly customerDeleted: boolean;
}

/** What a Stripe event tells us about an invoice's money. Everything else that Stripe sends is ignored. */
export type StripeFact =
  | {
      readonly kind: 'payment_succeeded';
      readonly paymentIntentId: string;
      /** Minor units received. */
      readonly amount: number;
      readonly currency: string;
      /** From our metadata, unchecked. */
      readonly invoiceId: string | null;
      readonly freelancerId: string | null;
      /** The Checkout Session that was paid, when the event is about one. */
      readonly sessionId: string | null;
    }
  | {
      readonly kind: 'payment_failed';
      readonly paymentIntentId: string;
      readonly code: string;
      readonly invoiceId: string | null;
      readonly freelancerId: string | null;
    }
  | { readonly kind: 'checkout_ended'; readonly sessionId: string; readonly invoiceId: string | null }
  | {
      readonly kind: 'refunded';
      readonly paymentIntentId: string | null;
      readonly chargeId: string | null;
      /** The charge's own sum in minor units; null when the event is about one refund and does not know it. */
      readonly refunded: number | null;
      readonly refundFailed: boolean;
    }
  | {
      readonly kind: 'disputed';
      readonly paymentIntentId: string | null;
      readonly chargeId: string | null;
      readonly disputeId: string;
      readonly status: string;
      readonly amount: number;
    };

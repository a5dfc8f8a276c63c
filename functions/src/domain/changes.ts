import { type PaymentClaim } from './claims/paymentClaim';
import { type DunningLevel } from './invoice/dunningLevels';
import { type EscalationState } from './invoice/escalationState';
import { type Checkout, type DebtorDispute } from './invoice/invoice';
import { type Settlement } from './invoice/settleInvoice';
import { type OutboxItem } from './messages/outboxItem';
import { type Transaction } from './payment/transaction';

/** A row of `escalation_timeline`. */
export interface TimelineRow {
  readonly id: string;
  readonly invoiceId: string;
  readonly freelancerId: string;
  readonly level: string;
  readonly eventType: 'paused' | 'resumed' | 'payment_received' | 'escalated' | 'closed';
  readonly message: string;
  /** Of an escalation: levels that were passed over, because nobody looked in time or the chase was paused. */
  readonly skipped?: readonly string[];
}

/** A row of `notifications`: what the freelancer sees in the web client. */
export interface NotificationRow {
  readonly id: string;
  readonly freelancerId: string;
  readonly type: string;
  readonly title: string;
  readonly message: string;
}

/** An open Checkout Session that must not be paid any more; a task closes it at Stripe. */
export interface CheckoutExpiry {
  readonly sessionId: string;
  readonly stripeAccountId: string | null;
}

/** What one decision changes, as plain data. All of it is written in one commit, or nothing. */
export interface Changes {
  /** Stored with the claim and logged: what became of the event. */
  readonly outcome: string;
  readonly transaction?: { readonly id: string; readonly value: Transaction };
  readonly invoice?: {
    readonly id: string;
    readonly fields: Partial<Settlement> & {
      readonly checkout?: Checkout;
      readonly paymentClaimStatus?: string;
      readonly escalationLevel?: DunningLevel;
      /** Null once the chase could look at it again. */
      readonly escalationError?: null;
      /** Null once a payment has succeeded. */
      readonly lastPaymentError?: { readonly code: string; readonly at: Date } | null;
      readonly cancelledAt?: Date;
      readonly disputedBy?: 'debtor' | null;
      readonly dispute?: DebtorDispute;
    };
  };
  readonly escalation?: { readonly invoiceId: string; readonly value: EscalationState };
  /** A claim of the debtor that is made or answered, or whose time is over. */
  readonly claim?: { readonly id: string; readonly isNew: boolean; readonly fields: Partial<PaymentClaim> };
  /** Payment claims of the debtor that are answered by what happened to the invoice. */
  readonly resolvedClaims?: readonly string[];
  /** What answered them, if not a payment. */
  readonly claimsResolvedBy?: 'cancellation';
  readonly timeline?: readonly TimelineRow[];
  readonly notifications?: readonly NotificationRow[];
  readonly outbox?: readonly OutboxItem[];
  readonly checkoutExpiry?: CheckoutExpiry;
}

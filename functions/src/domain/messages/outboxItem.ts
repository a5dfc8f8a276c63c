/** What the outside world will see, written in the commit that causes it and sent later by its own claim. */
export interface OutboxItem {
  /** Deterministic: the same cause gives the same id, so that a repeated cause can not queue it twice. */
  readonly id: string;
  readonly class: 'dunning' | 'courtesy' | 'debtor_service' | 'freelancer_notice' | 'marketing';
  readonly channel: 'email' | 'sms';
  readonly template: OutboxTemplate;
  readonly invoiceId: string | null;
  readonly freelancerId: string | null;
  readonly to: string;
  /** Values for the template; minor units and ISO dates, formatted when it is rendered. */
  readonly params: Readonly<Record<string, string | number | null>>;
}

export type OutboxTemplate =
  'invoice' | 'receipt' | 'payment_unapplied' | 'overpayment' | 'payment_disputed' | 'payment_refunded';

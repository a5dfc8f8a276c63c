import { type DunningLevel } from '../invoice/dunningLevels';
import { type Channel, type MessageClass } from './outboxRow';

/** What the outside world will see, written in the commit that causes it and sent later by its own claim. */
export interface OutboxItem {
  /** Deterministic: the same cause gives the same id, so that a repeated cause can not queue it twice. */
  readonly id: string;
  readonly class: MessageClass;
  readonly channel: Channel;
  readonly template: OutboxTemplate;
  /** The dunning level that it belongs to; the send gate lets it go only while the chase is at that level. */
  readonly level?: DunningLevel | null;
  readonly notBefore?: Date | null;
  readonly invoiceId: string | null;
  readonly freelancerId: string | null;
  readonly to: string;
  /** Values for the template; minor units and ISO dates, formatted when it is rendered. */
  readonly params: Readonly<Record<string, string | number | boolean | null>>;
}

export type OutboxTemplate =
  | 'invoice'
  | 'receipt'
  | 'payment_unapplied'
  | 'overpayment'
  | 'payment_disputed'
  | 'payment_refunded'
  | 'gentle'
  | 'firm'
  | 'final'
  | 'email_bounced'
  | 'message_unknown';

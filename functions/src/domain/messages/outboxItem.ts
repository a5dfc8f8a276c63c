import { type DunningLevel } from '../invoice/dunningLevels';
import { type MessageTemplate } from './messageTemplates';
import { type Channel, type MessageParams } from './outboxRow';

/** What the outside world will see, written in the commit that causes it and sent later by its own claim. */
export interface OutboxItem {
  /** Deterministic: the same cause gives the same id, so that a repeated cause can not queue it twice. */
  readonly id: string;
  readonly channel: Channel;
  /** Its class, and with it the steps of the send gate, follows from the template. */
  readonly template: MessageTemplate;
  /** The dunning level that it belongs to; the send gate lets it go only while the chase is at that level. */
  readonly level?: DunningLevel | null;
  readonly notBefore?: Date | null;
  /** The month, 'YYYY-MM', in whose quota its invoice was counted already, by the commit that queues it. */
  readonly quotaMonth?: string | null;
  /** The item that it takes the place of, because an operator wants it sent anew. */
  readonly resendOf?: string;
  readonly invoiceId: string | null;
  readonly freelancerId: string | null;
  /** The address, in the clear or as it stands sealed in the invoice. */
  readonly to: string;
  /** The keyed hash of a sealed address. */
  readonly toHash?: string;
  /**
   * Values for the template; minor units and ISO dates, formatted when it is rendered. Null: it is a reminder or a
   * courtesy note, worded at the moment at which it is sent, by what is owed then.
   */
  readonly params: MessageParams | null;
}

import { type OutboxStatus } from './outboxRow';

/** How an item changes, once it is decided. */
export interface ItemMove {
  readonly status: OutboxStatus;
  /** Why, as a code; what people read is made from it elsewhere. */
  readonly reason: string | null;
  readonly providerMessageId?: string | null;
  /** For `pending`: not before this; null or left out: as soon as the queue gets to it. */
  readonly notBefore?: Date | null;
  /** An attempt that surely did not arrive: reports about it are not about the next one. */
  readonly voidMessageId?: string | null;
  /** For `unknown`: nobody will find out any more. */
  readonly final?: boolean;
}

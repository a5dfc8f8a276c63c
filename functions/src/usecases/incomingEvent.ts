import { type WebhookContext } from '../domain/webhooks/failedWebhook';
import { type ClaimResult, type EventIdentity } from '../store/claim';

/** An event whose bytes were verified, with what applies it: the same for a live delivery and for a retry. */
export interface IncomingEvent {
  readonly identity: EventIdentity;
  /** Exactly what is kept if it fails, and what `apply` was made from. */
  readonly rawBody: Uint8Array;
  /** What has to be known besides the bytes to apply them; null when they say everything. */
  readonly context: WebhookContext | null;
  /**
   * Applies it exactly once.
   *
   * @param attemptId as `processOnce` takes it: by it a delivery knows its own claim again
   * @returns null when it is none of ours: nothing was written
   * @throws RecoupError; nothing was written then either
   */
  readonly apply: (attemptId: string) => Promise<ClaimResult | null>;
}

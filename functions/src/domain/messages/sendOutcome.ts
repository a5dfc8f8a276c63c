/** What is known after a provider was asked to send a message. `code` is the provider's, or names what happened. */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly messageId: string }
  /** Surely not sent, and may be sent later: 429, or nothing of the request had left. */
  | { readonly kind: 'retryable'; readonly code: string }
  /** Surely not sent, and never will be. */
  | {
      readonly kind: 'refused';
      readonly code: string;
      /** What it says of the address: it has said no at the carrier's, or can not take such messages at all. */
      readonly address: 'opted_out' | 'unreachable' | null;
    }
  /** It may have been sent. Nobody sends it again by itself. */
  | { readonly kind: 'unknown'; readonly code: string };

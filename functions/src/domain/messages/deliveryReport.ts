/** What a provider tells of a message, by a callback or when it is asked. */
export type DeliveryReport =
  /** On its way; nothing is final. */
  | { readonly kind: 'sent'; readonly messageId: string | null }
  | { readonly kind: 'delivered'; readonly messageId: string | null }
  /** It did not arrive, and will not. */
  | { readonly kind: 'failed'; readonly messageId: string | null; readonly code: string }
  /** It came back: the address does not work. */
  | { readonly kind: 'bounced'; readonly messageId: string | null; readonly code: string }
  /** It arrived, and the recipient called it spam. */
  | { readonly kind: 'complained'; readonly messageId: string | null }
  /** The carriers had no time to deliver it before its validity ran out: it may be sent again. */
  | { readonly kind: 'expired'; readonly messageId: string | null };

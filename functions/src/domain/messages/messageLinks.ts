/**
 * The addresses in a message, made by the caller when it is sent: signed links expire, so that they are not kept with
 * the message while it waits. Each is http or https. Null: not there, and the wording does without it.
 */
export interface MessageLinks {
  /** The invoice's own page, where its debtor can pay it, say that it was paid, or say what is wrong with it. */
  readonly payUrl: string | null;
  /** Stops messages of this kind to this address. Marketing is not written without it. */
  readonly unsubscribeUrl: string | null;
  /** Where the debtor chooses how to be contacted; not shown to freelancers. */
  readonly consentUrl: string | null;
  /** The web client. */
  readonly appUrl: string;
}

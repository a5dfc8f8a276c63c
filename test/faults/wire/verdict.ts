/** One request of a Firestore client, whole, before anything is done with it. */
export interface WireCall {
  /** Such as `Commit`. */
  readonly method: string;
  /** The message, as protobuf. */
  readonly request: Buffer;
}

/** gRPC's codes that are injected. */
export const CODES = { DEADLINE_EXCEEDED: 4, ABORTED: 10, UNAVAILABLE: 14 } as const;

/** What becomes of a call. */
export type Verdict =
  | { readonly kind: 'pass' }
  /** Not passed on, answered with this code. */
  | { readonly kind: 'refuse'; readonly code: number }
  /** Passed on, and its answer lost: answered with this code instead, or the connection breaks. */
  | { readonly kind: 'lose_answer'; readonly code: number | 'reset' };

/** Decides about each call; takes its time when the call is to be slow, or held. */
export type Rule = (call: WireCall) => Verdict | Promise<Verdict>;

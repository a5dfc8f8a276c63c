/** Longest time from the claim of a message to the end of its send, milliseconds ("The send gate" of the business rules). */
export const SEND_LIMIT_MS = 10_000;

/**
 * Of that, what may pass before the provider is asked. A claim whose commit took longer, or whose process was put to
 * sleep, is let go: what the gate said may not hold any more, and the validity of a text message counts from the claim.
 */
export const BEGIN_LIMIT_MS = 4_000;

/** And what is left for the provider's answer. */
export const ANSWER_LIMIT_MS = SEND_LIMIT_MS - BEGIN_LIMIT_MS;

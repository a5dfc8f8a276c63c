/** Longest time that one send may take, milliseconds ("The send gate" of the business rules). */
export const SEND_LIMIT_MS = 10_000;

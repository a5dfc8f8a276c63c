/** Errors of a connection that was never made: not a byte of the request has left. */
const BEFORE_THE_FIRST_BYTE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
]);

/**
 * What a call that got no answer leaves us knowing. A reset, a time-out or anything unheard of says nothing about
 * whether the request arrived.
 */
export function outcomeWithoutAnswer(thrown: unknown): {
  readonly kind: 'retryable' | 'unknown';
  readonly code: string;
} {
  const code = errorCode(thrown);
  return { kind: BEFORE_THE_FIRST_BYTE.has(code) ? 'retryable' : 'unknown', code: code.toLowerCase() };
}

/** The system's code for what went wrong, also where a library wraps it. */
function errorCode(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return 'no_answer';
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return 'cause' in thrown ? errorCode(thrown.cause) : 'no_answer';
}

/** Errors of a connection that was never made: not a byte of the request has left. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** These, too, but only when it is `connect` that failed: they also end a connection on which bytes have left. */
const UNREACHABLE = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EHOSTDOWN']);

/**
 * What a call that got no answer leaves us knowing. A reset, a time-out or anything unheard of says nothing about
 * whether the request arrived.
 */
export function outcomeWithoutAnswer(thrown: unknown): {
  readonly kind: 'retryable' | 'unknown';
  readonly code: string;
} {
  const code = found(thrown, 'code') ?? 'no_answer';
  const nothingLeft =
    NEVER_CONNECTED.has(code) || (UNREACHABLE.has(code) && found(thrown, 'syscall') === 'connect');
  return { kind: nothingLeft ? 'retryable' : 'unknown', code: code.toLowerCase() };
}

/** What the system says of what went wrong, also where a library wraps it. */
function found(thrown: unknown, field: 'code' | 'syscall'): string | null {
  if (typeof thrown !== 'object' || thrown === null) return null;
  const value: unknown = Reflect.get(thrown, field);
  if (typeof value === 'string') return value;
  return 'cause' in thrown ? found(thrown.cause, field) : null;
}

/**
 * The error taxonomy. Retry decisions read `retryable`, never message text; what a caller sees is `publicMessage`,
 * never `message` and never `cause`.
 */
export abstract class RecoupError extends Error {
  /** Stable, machine-readable; written to `lastError.code` and to the logs. */
  abstract readonly code: string;
  /** True when the same input may succeed later without anybody changing anything. */
  abstract readonly retryable: boolean;
  abstract readonly httpStatus: number;

  constructor(
    readonly publicMessage: string,
    options?: { cause?: unknown },
  ) {
    super(publicMessage, options);
    this.name = new.target.name;
  }
}

/** The caller sent something that can not be used; nothing was changed. */
export class BadInputError extends RecoupError {
  readonly code: string = 'bad_input';
  readonly retryable = false;
  readonly httpStatus: number = 400;
}

/** The body is larger than we take. */
export class TooLargeError extends BadInputError {
  override readonly code = 'too_large';
  override readonly httpStatus = 413;
}

/** The bytes were not signed by the provider with a secret that we know. */
export class BadSignatureError extends RecoupError {
  readonly code = 'bad_signature';
  readonly retryable = false;

  /** @param httpStatus 400 for Stripe and Clerk, 403 for Twilio and SendGrid */
  constructor(
    publicMessage: string,
    readonly httpStatus: 400 | 403 = 400,
  ) {
    super(publicMessage);
  }
}

/** Nobody is signed in where somebody has to be. */
export class UnauthenticatedError extends RecoupError {
  readonly code = 'unauthenticated';
  readonly retryable = false;
  readonly httpStatus = 401;

  constructor() {
    super('Sign in first.');
  }
}

/** Signed in, but not allowed to do this. */
export class ForbiddenError extends RecoupError {
  readonly code = 'forbidden';
  readonly retryable = false;
  readonly httpStatus = 403;
}

export class NotFoundError extends RecoupError {
  readonly code = 'not_found';
  readonly retryable = false;
  readonly httpStatus = 404;
}

/** The document's state does not allow what was asked. */
export class ConflictError extends RecoupError {
  readonly code = 'conflict';
  readonly retryable = false;
  readonly httpStatus = 409;
}

/** What the plan allows in this period is used up. */
export class QuotaExceededError extends RecoupError {
  readonly code = 'quota_exceeded';
  readonly retryable = false;
  readonly httpStatus = 429;

  /** @param details what the caller is shown: numbers, and the instant (ISO) at which the count begins anew */
  constructor(
    message: string,
    readonly details: { readonly used: number; readonly limit: number; readonly resetsAt: string },
  ) {
    super(message);
  }
}

/** Verified and ours, but it can not be used, now or later, unless a person changes something: a dead letter. */
export class PermanentFailure extends RecoupError {
  readonly retryable = false;
  readonly httpStatus = 200;

  constructor(
    readonly code: string,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** May succeed when tried again: the store or a provider could not be reached, or was busy. */
export class TransientFailure extends RecoupError {
  readonly retryable = true;
  readonly httpStatus = 500;

  constructor(
    readonly code: string,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/**
 * Whatever was thrown, as one of ours. An exception that is not one of ours is retryable: a bug that is fixed by the
 * next deploy must not have turned events into dead letters meanwhile.
 */
export function asRecoupError(thrown: unknown): RecoupError {
  if (thrown instanceof RecoupError) return thrown;
  return new TransientFailure('unexpected', 'Something went wrong.', { cause: thrown });
}

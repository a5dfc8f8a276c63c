import { type SandboxAnswer } from '../provider';

interface ErrorFields {
  type?: 'invalid_request_error' | 'idempotency_error' | 'api_error' | 'card_error';
  code?: string;
  param?: string;
  message: string;
  /** The request ran and failed in earnest, so that its idempotency key keeps this answer. */
  executed?: boolean;
}

/** An error as Stripe's API answers it. */
export class StripeApiError extends Error {
  constructor(
    readonly status: number,
    private readonly fields: ErrorFields,
  ) {
    super(fields.message);
    this.name = 'StripeApiError';
  }

  get executed(): boolean {
    return this.fields.executed ?? false;
  }

  answer(): SandboxAnswer {
    const { type = 'invalid_request_error', code, param, message } = this.fields;
    return { status: this.status, body: { error: { type, code, message, param } } };
  }
}

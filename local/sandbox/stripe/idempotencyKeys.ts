import { type SandboxAnswer } from '../provider';
import { StripeApiError } from './stripeApiError';
import { type Owner } from './stripeStore';

interface FirstUse {
  path: string;
  parameters: string;
  requestId: string;
  /** Undefined while the first request is still on its way. */
  answer?: SandboxAnswer;
}

/** Stripe's idempotency keys: one namespace per account, the first answer is replayed. */
export class IdempotencyKeys {
  private readonly uses = new Map<string, FirstUse>();

  /**
   * Claims a key for a request, or gives the answer to replay.
   * @throws StripeApiError 400 idempotency_error for another request under the same key; 409 while the first
   * one is in flight.
   */
  claim(
    account: Owner,
    key: string,
    path: string,
    body: Buffer,
    requestId: string,
  ): { replay: SandboxAnswer; originalRequest: string } | undefined {
    const parameters = canonical(body);
    const known = this.uses.get(slot(account, key));
    if (known === undefined) {
      this.uses.set(slot(account, key), { path, parameters, requestId });
      return undefined;
    }
    if (known.path !== path) {
      throw mismatch(key, `for the same endpoint they were first used for ('${known.path}' vs '${path}')`);
    }
    if (known.parameters !== parameters)
      throw mismatch(key, 'with the same parameters they were first used with');
    if (known.answer === undefined) {
      throw new StripeApiError(409, {
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this idempotent key: ${key}. Please try again later.`,
      });
    }
    return { replay: known.answer, originalRequest: known.requestId };
  }

  /** Keeps the answer for replays. */
  keep(account: Owner, key: string, answer: SandboxAnswer): void {
    const use = this.uses.get(slot(account, key));
    if (use !== undefined) use.answer = answer;
  }

  /** Frees a key whose request was turned away before it did anything. */
  release(account: Owner, key: string): void {
    this.uses.delete(slot(account, key));
  }

  clear(): void {
    this.uses.clear();
  }
}

function mismatch(key: string, how: string): StripeApiError {
  return new StripeApiError(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used ${how}. Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}

const slot = (account: Owner, key: string): string => `${account ?? 'platform'}\n${key}`;

/** The order of the parameters does not matter. */
function canonical(body: Buffer): string {
  return [...new URLSearchParams(body.toString('utf8'))]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
}

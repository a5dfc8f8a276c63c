import { type Sandbox } from '../../local/sandbox/startSandbox';
import { charge, paymentIntent, refund } from './stripeEvents';
import { type StripePayment, type StripeRefund } from './stripePayment';

/** Has the sandbox serve an object from now on. */
export async function putObject(
  sandbox: Pick<Sandbox, 'origin'>,
  object: Record<string, unknown>,
  account?: string,
): Promise<void> {
  const query = account === undefined ? '' : `?account=${account}`;
  const path = `/_sandbox/stripe/objects/${String(object['id'])}${query}`;
  await control(sandbox, 'PUT', path, object);
}

/**
 * Has the sandbox know a payment: the Payment Intent, its charge, and the refunds made so far.
 *
 * @param refunds each with the status that it has by now
 */
export async function putPayment(
  sandbox: Pick<Sandbox, 'origin'>,
  payment: StripePayment,
  refunds: readonly (StripeRefund & { readonly status?: string })[] = [],
  account?: string,
): Promise<void> {
  const kept = refunds.filter(({ status }) => status !== 'failed' && status !== 'canceled');
  const refunded = kept.reduce((sum, { amount }) => sum + amount, 0);
  await putObject(sandbox, charge({ ...payment, refunded }), account);
  await putObject(sandbox, paymentIntent(payment), account);
  for (const made of refunds) await putObject(sandbox, refund({ ...payment, ...made }), account);
}

export interface Fault {
  readonly mode: 'timeout' | 'rate_limit' | 'server_error' | 'unavailable' | 'reset' | 'slow';
  readonly count?: number;
  /** slow: how long it takes, milliseconds. */
  readonly delayMs?: number;
  readonly path?: string;
}

/** Has the sandbox's Stripe fail. */
export async function failStripe(sandbox: Pick<Sandbox, 'origin'>, fault: Fault): Promise<void> {
  await control(sandbox, 'POST', '/_sandbox/faults', { provider: 'stripe', rate: 1, ...fault });
}

export async function mendStripe(sandbox: Pick<Sandbox, 'origin'>): Promise<void> {
  await control(sandbox, 'DELETE', '/_sandbox/faults');
}

async function control(
  sandbox: Pick<Sandbox, 'origin'>,
  method: string,
  path: string,
  body?: object,
): Promise<void> {
  const response = await fetch(`${sandbox.origin}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`the sandbox refused ${method} ${path}: ${await response.text()}`);
}

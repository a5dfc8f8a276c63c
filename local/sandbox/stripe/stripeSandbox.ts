import { parseForm } from '../parseForm';
import { type Provider, type SandboxAnswer, type SandboxRequest } from '../provider';
import { type RequestLog } from '../requestLog';
import { routeApi } from './api/routeApi';
import { stockPrices } from './billing/stockPrices';
import { routeControl } from './control/routeControl';
import { IdempotencyKeys } from './idempotencyKeys';
import { newStripeId } from './newStripeId';
import { StripeApiError } from './stripeApiError';
import { stockWebhookEndpoint } from './stockWebhookEndpoint';
import { type StripeContext } from './stripeContext';
import { StripeStore, type Owner } from './stripeStore';

interface StripeSandboxOptions {
  now: () => Date;
  requests: RequestLog;
  /** Signs the events. */
  webhookSecret: string | (() => string);
  webhookTarget: () => string | undefined;
}

/** Stripe's API as far as Recoup uses it, with the state that makes it worth testing against. */
export class StripeSandbox implements Provider {
  readonly name = 'stripe';
  private readonly context: StripeContext;

  constructor(private readonly options: StripeSandboxOptions) {
    const { webhookSecret } = options;
    this.context = {
      store: new StripeStore(),
      keys: new IdempotencyKeys(),
      paymentData: new Map(),
      subscriptionData: new Map(),
      now: options.now,
      webhookTarget: options.webhookTarget,
      webhookSecret: () => (typeof webhookSecret === 'string' ? webhookSecret : webhookSecret()),
    };
    stockPrices(this.context.store);
    stockWebhookEndpoint(this.context.store);
  }

  owns(path: string): boolean {
    return path.startsWith('/v1/');
  }

  async call(request: SandboxRequest, beforeExecution: () => Promise<void>): Promise<SandboxAnswer> {
    const requestId = newStripeId('req_');
    const account = header(request, 'stripe-account');
    const key = request.method === 'POST' ? header(request, 'idempotency-key') : null;
    const headers: Record<string, string> = { 'request-id': requestId };
    const apiVersion = header(request, 'stripe-version');
    if (apiVersion !== null) headers['stripe-version'] = apiVersion;
    if (account !== null) headers['stripe-account'] = account;
    if (key !== null) headers['idempotency-key'] = key;
    try {
      checkApiKey(request);
      const first =
        key === null
          ? undefined
          : this.context.keys.claim(account, key, request.path, request.rawBody, requestId);
      if (first !== undefined) {
        const replayed = { 'idempotent-replayed': 'true', 'original-request': first.originalRequest };
        return { ...first.replay, headers: { ...headers, ...replayed } };
      }
      const answer = await this.execute(request, account, key, beforeExecution);
      return { ...answer, headers };
    } catch (error) {
      if (error instanceof StripeApiError) return { ...error.answer(), headers };
      throw error;
    }
  }

  parseBody(request: SandboxRequest): unknown {
    return parseForm(new URLSearchParams(request.rawBody.toString('utf8')));
  }

  refuse(status: number, code?: string): SandboxAnswer {
    const usual =
      status === 429
        ? { code: 'rate_limit', message: 'Request rate limit exceeded.' }
        : { message: 'An error occurred inside the sandbox, as was asked for.' };
    const error = new StripeApiError(status, {
      ...(status >= 500 ? { type: 'api_error' } : {}),
      ...usual,
      ...(code === undefined ? {} : { code }),
    });
    return { ...error.answer(), headers: { 'request-id': newStripeId('req_') } };
  }

  control(
    method: string,
    path: string[],
    query: URLSearchParams,
    body: unknown,
  ): Promise<SandboxAnswer | undefined> {
    return routeControl(this.context, method, path, query, body);
  }

  reset(): void {
    this.context.store.clear();
    this.context.keys.clear();
    this.context.paymentData.clear();
    this.context.subscriptionData.clear();
    stockPrices(this.context.store);
    stockWebhookEndpoint(this.context.store);
  }

  /** Runs a request whose idempotency key, if it has one, is claimed, and keeps or frees the key. */
  private async execute(
    request: SandboxRequest,
    account: Owner,
    key: string | null,
    beforeExecution: () => Promise<void>,
  ): Promise<SandboxAnswer> {
    const form =
      request.method === 'GET' ? request.query : new URLSearchParams(request.rawBody.toString('utf8'));
    const parameters = parseForm(form);
    const path = decodeURIComponent(request.path.slice('/v1/'.length));
    try {
      await beforeExecution();
      const answer = { status: 200, body: routeApi(this.context, account, request.method, path, parameters) };
      if (key !== null) this.context.keys.keep(account, key, answer);
      this.options.requests.add({
        provider: 'stripe',
        method: request.method,
        path: request.path,
        query: request.method === 'GET' ? parameters : {},
        account,
        idempotencyKey: key,
        apiVersion: header(request, 'stripe-version'),
        body: request.method === 'GET' ? {} : parameters,
        at: this.context.now().toISOString(),
      });
      return answer;
    } catch (error) {
      if (key !== null && error instanceof StripeApiError && error.executed) {
        this.context.keys.keep(account, key, error.answer());
      } else if (key !== null) {
        this.context.keys.release(account, key);
      }
      throw error;
    }
  }
}

function header(request: SandboxRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function checkApiKey(request: SandboxRequest): void {
  if (/^Bearer (sk|rk)_\w+$/.test(header(request, 'authorization') ?? '')) return;
  const message = 'You did not provide a secret API key in the Authorization header, using Bearer auth.';
  throw new StripeApiError(401, { message });
}

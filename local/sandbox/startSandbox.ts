import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerControl, type Controlled } from './answerControl';
import { answerProvider, type Silence } from './answerProvider';
import { ControlError } from './controlError';
import { FaultPlan } from './faultPlan';
import { type SandboxAnswer, type SandboxRequest } from './provider';
import { readBody } from './readBody';
import { RequestLog } from './requestLog';
import { StripeSandbox } from './stripe/stripeSandbox';
import { readFunctionsEnvironment } from '../stack/readFunctionsEnvironment';

/** Where each provider's callbacks go: full URLs. Read at each delivery, so that it may be filled in later. */
export interface WebhookTargets {
  stripe?: string;
}

export interface SandboxOptions {
  /** 0 or none: a free one. */
  port?: number;
  webhookTargets: WebhookTargets;
  /** Signs Stripe's events; by default the first of STRIPE_WEBHOOK_SECRET in functions/.secret.local. */
  stripeWebhookSecret?: string;
  /** The providers' clock (session expiry, created). */
  now?: () => Date;
  /** Draws the faults that have a rate below 1. */
  random?: () => number;
}

export interface Sandbox {
  origin: string;
  webhookTargets: WebhookTargets;
  stop(): Promise<void>;
}

/**
 * Starts the provider sandbox in this process, on 127.0.0.1.
 * @throws Error when the port is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { webhookTargets, now = () => new Date(), random = Math.random } = options;
  const requests = new RequestLog();
  const stripe = new StripeSandbox({
    now,
    requests,
    webhookSecret: options.stripeWebhookSecret ?? firstStripeSecret,
    webhookTarget: () => webhookTargets.stripe,
  });
  const sandbox: Controlled = { providers: [stripe], faults: new FaultPlan(random), requests };

  const server = createServer((request, response) => {
    answer(sandbox, request).then(
      (reply) => send(response, reply),
      (error: unknown) => send(response, failure(error)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sandbox has no TCP address.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    webhookTargets,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(sandbox: Controlled, incoming: IncomingMessage): Promise<SandboxAnswer | Silence> {
  const url = new URL(incoming.url ?? '/', 'http://sandbox');
  const request: SandboxRequest = {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    rawBody: await readBody(incoming),
  };
  if (request.path.startsWith('/_sandbox/')) return answerControl(sandbox, request);
  const provider = sandbox.providers.find((candidate) => candidate.owns(request.path));
  if (provider === undefined) throw new ControlError(`No provider answers ${request.path}.`, 404);
  return answerProvider(provider, request, sandbox.faults.take(provider.name, request.path));
}

function send(response: ServerResponse, reply: SandboxAnswer | Silence): void {
  if ('holdMs' in reply) {
    setTimeout(() => response.destroy(), reply.holdMs).unref();
    return;
  }
  const body = JSON.stringify(reply.body);
  response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
  response.end(body);
}

function failure(error: unknown): SandboxAnswer {
  if (error instanceof ControlError) return { status: error.status, body: { error: error.message } };
  console.error('The sandbox failed:', error);
  return { status: 500, body: { error: 'The sandbox itself failed; its log says how.' } };
}

/** Stripe signs with the newest secret; the local one is the first of the list. */
function firstStripeSecret(): string {
  const [first = ''] = (readFunctionsEnvironment()['STRIPE_WEBHOOK_SECRET'] ?? '').split(',');
  if (first === '')
    throw new ControlError('STRIPE_WEBHOOK_SECRET is not set in functions/.secret.local.', 500);
  return first;
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerControl, type Controlled } from './answerControl';
import { answerProvider, type Silence } from './answerProvider';
import { Background } from './background';
import { ControlError } from './controlError';
import { FaultPlan } from './faultPlan';
import { type HeldRequest, type Hold, Holds, type Watcher } from './holds';
import { type ProviderName, type SandboxAnswer, type SandboxRequest } from './provider';
import { readBody } from './readBody';
import { type AcceptedRequest, RequestLog } from './requestLog';
import { SendgridSandbox } from './sendgrid/sendgridSandbox';
import { settingList } from './settings';
import { StripeSandbox } from './stripe/stripeSandbox';
import { TwilioSandbox } from './twilio/twilioSandbox';
import { type WebhookTargets } from './webhookTargets';

export interface SandboxOptions {
  /** 0 or none: a free one. */
  port?: number;
  webhookTargets: WebhookTargets;
  /** Signs Stripe's events; by default the first of STRIPE_WEBHOOK_SECRET in functions/.secret.local. */
  stripeWebhookSecret?: string;
  /** The providers' clock (session expiry, created). */
  now?: () => Date;
  /** Draws the faults, and the lost callbacks, that have a rate below 1. */
  random?: () => number;
}

export interface Sandbox {
  origin: string;
  webhookTargets: WebhookTargets;
  /** Catches the provider's next API request before anything happens because of it. */
  hold(provider: ProviderName): Hold;
  /** Lets somebody stand before all providers, instead of whoever did before. */
  watch(watcher: Watcher): void;
  /** What the provider accepted, oldest first. */
  accepted(provider?: ProviderName): AcceptedRequest[];
  /** Comes back when no callback is under way or still to come. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the provider sandbox in this process, on 127.0.0.1.
 * @throws Error when the port is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { webhookTargets, now = () => new Date(), random = Math.random } = options;
  const requests = new RequestLog();
  const background = new Background();
  const holds = new Holds();
  const stripe = new StripeSandbox({
    now,
    requests,
    // Stripe signs with the newest secret.
    webhookSecret: options.stripeWebhookSecret ?? (() => settingList('STRIPE_WEBHOOK_SECRET')[0]),
    webhookTarget: () => webhookTargets.stripe,
  });
  const twilio = new TwilioSandbox({
    now,
    random,
    requests,
    background,
    replyTarget: () => webhookTargets.twilioReply,
    statusTarget: () => webhookTargets.twilioStatus,
  });
  const sendgrid = new SendgridSandbox({
    now,
    random,
    requests,
    background,
    eventTarget: () => webhookTargets.sendgrid,
  });
  const providers = [stripe, twilio, sendgrid];
  const sandbox: Controlled = { providers, faults: new FaultPlan(random), requests, holds, background };

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
    hold: (provider) => holds.next(provider),
    watch: (watcher) => holds.watch(watcher),
    accepted: (provider) => requests.of(provider),
    settled: () => background.settled(),
    stop: () =>
      new Promise((resolve) => {
        background.abandon();
        holds.clear();
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
  const held = (): HeldRequest => ({
    method: request.method,
    path: request.path,
    query: Object.fromEntries(request.query),
    body: provider.parseBody(request),
  });
  await sandbox.holds.pass(provider.name, held);
  return sandbox.holds.answered(provider.name, held, (fault) =>
    answerProvider(provider, request, fault ?? sandbox.faults.take(provider.name, request.path)),
  );
}

function send(response: ServerResponse, reply: SandboxAnswer | Silence): void {
  const { afterwards } = reply;
  if (afterwards !== undefined) {
    // A caller who has hung up has closed the response already.
    if (response.closed || 'holdMs' in reply) afterwards();
    else response.once('close', afterwards);
  }
  if ('holdMs' in reply) {
    setTimeout(() => response.destroy(), reply.holdMs).unref();
    return;
  }
  if (reply.body === undefined) {
    response.writeHead(reply.status, reply.headers).end();
    return;
  }
  response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
  response.end(JSON.stringify(reply.body));
}

function failure(error: unknown): SandboxAnswer {
  if (error instanceof ControlError) return { status: error.status, body: { error: error.message } };
  console.error('The sandbox failed:', error);
  return { status: 500, body: { error: 'The sandbox itself failed; its log says how.' } };
}

import { randomUUID } from 'node:crypto';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import Stripe from 'stripe';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../local/sandbox/startSandbox';
import { type ServedFunction, serveFunction } from '../../local/stack/serveFunction';

/** The first secret of functions/.secret.local, and the one that is being rolled out. */
export const WEBHOOK_SECRETS = ['whsec_local_recoup_current', 'whsec_local_recoup_previous'] as const;

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

export interface Harness {
  readonly projectId: string;
  readonly db: Firestore;
  readonly sandbox: Sandbox;
  /** The deployed export that was asked for, one process for many requests, as production runs it. */
  readonly webhook: ServedFunction;
  /** Starts another process of a deployed export on the same project and sandbox. */
  serve(target: string, env?: Record<string, string>): Promise<ServedFunction>;
  stop(): Promise<void>;
}

/**
 * Serves one export against the Firestore emulator in a project of its own, so that suites can run side by side.
 *
 * @param env for every process of the project
 * @param providers their clock and their chance, where the real ones will not do
 */
export async function startHarness(
  env: Record<string, string> = {},
  target = 'stripeWebhook',
  providers: Pick<SandboxOptions, 'now' | 'random'> = {},
): Promise<Harness> {
  const firestoreHost = process.env['FIRESTORE_EMULATOR_HOST'];
  if (firestoreHost === undefined)
    throw new Error('FIRESTORE_EMULATOR_HOST is not set: run the suites with npm test.');
  // The client looks for a cloud machine's metadata server otherwise, which costs time and a warning.
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  const projectId = `demo-t-${randomUUID().slice(0, 8)}`;
  const sandbox = await startSandbox({ webhookTargets: {}, ...providers });
  const started: ServedFunction[] = [];
  const serve = async (target: string, more: Record<string, string> = {}): Promise<ServedFunction> => {
    const served = await serveFunction({
      target,
      env: {
        GCLOUD_PROJECT: projectId,
        FIRESTORE_EMULATOR_HOST: firestoreHost,
        PROVIDER_SANDBOX_ORIGIN: sandbox.origin,
        ...env,
        ...more,
      },
    });
    started.push(served);
    return served;
  };
  const webhook = await serve(target);
  if (target === 'stripeWebhook') sandbox.webhookTargets.stripe = webhook.origin;
  const app = initializeApp({ projectId }, projectId);
  return {
    projectId,
    db: getFirestore(app),
    sandbox,
    webhook,
    serve,
    stop: async () => {
      await Promise.all(started.map((served) => served.stop()));
      await sandbox.stop();
      await deleteApp(app);
    },
  };
}

/** Stripe's signature header for these bytes, by the library's own test helper. */
export function signatureOf(
  payload: string,
  secret: string = WEBHOOK_SECRETS[0],
  timestamp?: number,
): string {
  return Stripe.webhooks.generateTestHeaderString({
    payload,
    secret,
    ...(timestamp === undefined ? {} : { timestamp }),
  });
}

/** Posts bytes as Stripe does. Headers given here replace the usual ones; an empty value leaves one out. */
export async function post(
  origin: string,
  payload: string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const text = typeof payload === 'string' ? payload : Buffer.from(payload).toString('latin1');
  const all: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'stripe-signature': headers['stripe-signature'] ?? signatureOf(text),
    ...headers,
  };
  const kept = Object.entries(all).filter(([, value]) => value !== '');
  const response = await fetch(origin, { method: 'POST', headers: kept, body: payload });
  const raw = await response.text();
  return { status: response.status, body: parsed(raw), headers: response.headers };
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}

/** Delivers one event `times` at once. */
export async function deliver(origin: string, event: object, times = 1): Promise<Answer[]> {
  const payload = JSON.stringify(event);
  return Promise.all(Array.from({ length: times }, () => post(origin, payload)));
}

import { type Firestore } from 'firebase-admin/firestore';
import { Gate } from '../../local/sandbox/gate';
import { type Sandbox } from '../../local/sandbox/startSandbox';
import { type ServedFunction } from '../../local/stack/serveFunction';
import { control } from '../support/sandboxControl';
import { startHarness } from '../support/webhookHarness';

export interface World {
  readonly db: Firestore;
  readonly sandbox: Sandbox;
  /** Two processes of one function: deliveries that meet in one are a single attempt. */
  readonly webhooks: readonly [ServedFunction, ServedFunction];
  /** Time goes on at Stripe: whatever happens next happens a second later. */
  tick(): void;
  /**
   * The next question for this customer's subscriptions is answered at once; the answer arrives when it is let go.
   */
  stall(customer: string): Stall;
  /** Empties both stores, for their lists are looked through as a whole. */
  forget(): Promise<void>;
  stop(): Promise<void>;
}

export interface Stall {
  /** Fulfilled when there is such a question, and its answer is known. */
  readonly answered: Promise<void>;
  /** @returns whether there was such a question */
  letGo(): boolean;
}

/** Long enough ago that no run of a chapter comes up to the present. */
const PAST_MS = 60 * 60 * 1000;

export async function startWorld(): Promise<World> {
  let at = 0;
  const harness = await startHarness({}, 'stripeWebhook', { now: () => new Date(at) });
  const { sandbox, db, projectId } = harness;
  const stalls = new Map<string, { readonly answered: Gate; readonly gone: Gate }>();
  sandbox.watch(async (_provider, { method, path, query }, proceed) => {
    const customer = query['customer'] ?? '';
    const stall = stalls.get(customer);
    if (method !== 'GET' || path !== '/v1/subscriptions' || stall === undefined) return;
    stalls.delete(customer);
    await proceed();
    stall.answered.open();
    await stall.gone.opened;
  });
  const second = await harness.serve('stripeWebhook');
  const forget = async (): Promise<void> => {
    at = Date.now() - PAST_MS;
    await control(sandbox, 'POST', 'reset');
    const host = process.env['FIRESTORE_EMULATOR_HOST'] ?? '';
    const url = `http://${host}/emulator/v1/projects/${projectId}/databases/(default)/documents`;
    const { ok } = await fetch(url, { method: 'DELETE' });
    if (!ok) throw new Error('the emulator did not forget');
  };
  await forget();
  return {
    db,
    sandbox,
    webhooks: [harness.webhook, second],
    tick: () => {
      at += 1_000;
    },
    stall: (customer) => {
      const [answered, gone] = [new Gate(), new Gate()];
      stalls.set(customer, { answered, gone });
      return {
        answered: answered.opened,
        letGo: () => {
          gone.open();
          return !stalls.delete(customer);
        },
      };
    },
    forget,
    stop: () => harness.stop(),
  };
}

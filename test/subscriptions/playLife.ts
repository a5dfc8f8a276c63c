import { z } from 'zod';
import { control } from '../support/sandboxControl';
import { newId } from '../support/stripeEvents';
import { post } from '../support/webhookHarness';
import { type Life, type Step } from './lives';
import { truthOf } from './truth';
import { wrongsOf } from './wrongsOf';
import { type Stall, type World } from './world';

/** What was played in all, to see that it was not too little. */
export interface Totals {
  lives: number;
  events: number;
  deliveries: number;
  /** Answers of Stripe that were held back until somebody else had committed. */
  stalled: number;
  /** Deliveries that failed for the time being and were repeated. */
  repeated: number;
}

const toldSchema = z.object({
  subscription: z.object({ id: z.string() }).optional(),
  events: z.array(z.object({ id: z.string(), type: z.string() })),
});

/** As Stripe repeats what was not answered with a 200, only sooner. */
const MOST_TRIES = 6;

/**
 * Plays one life with its deliveries, then compares the freelancer's record with the truth.
 *
 * @throws Error that tells what went wrong in which life
 */
export async function playLife(world: World, life: Life, totals: Totals): Promise<void> {
  const { db, sandbox } = world;
  const customer = newId('cus');
  const uid = newId('user');
  await control(sandbox, 'PUT', `stripe/objects/${customer}`, { id: customer, object: 'customer' });
  const batch = db.batch();
  batch.set(db.doc(`users/${uid}`), {
    email: `${uid}@studio.example`,
    subscriptionTier: 'free',
    stripeCustomerId: customer,
  });
  if (life.known) batch.set(db.doc(`stripe_customers/${customer}`), { uid, syncSeq: 0 });
  await batch.commit();

  const events: string[] = [];
  let latest = '';
  const happen = async (until: number): Promise<void> => {
    while (events.length < until) {
      const step = life.steps[events.length];
      if (step === undefined) return;
      const told = await eventOf(world, { customer, latest }, step);
      latest = told.latest;
      events.push(told.payload);
    }
  };
  let webhook = 0;
  const deliver = async (payload: string, copies: number): Promise<void> => {
    await Promise.all(
      Array.from({ length: copies }, async () => {
        for (let tries = 1; ; tries += 1) {
          webhook += 1;
          totals.deliveries += 1;
          const { status, body } = await post(
            (world.webhooks[webhook % 2] ?? world.webhooks[0]).origin,
            payload,
          );
          if (status === 200) return;
          if (status !== 500 || tries === MOST_TRIES)
            throw new Error(`answered ${status} ${JSON.stringify(body)}\n${world.webhooks[0].logTail(5)}`);
          totals.repeated += 1;
        }
      }),
    );
  };

  let held: Promise<void> | null = null;
  let stall: Stall | null = null;
  const together: Promise<void>[] = [];
  const release = async (): Promise<void> => {
    if (stall?.letGo() === true) totals.stalled += 1;
    stall = null;
    await held;
    held = null;
  };
  for (const { step, copies, withNext, stalled, happened } of life.slots) {
    await happen(happened);
    const payload = events[step] ?? '';
    if (stalled) {
      // Those that are under way have asked by then: the answer that is held back is this one's.
      await Promise.all(together.splice(0));
      stall = world.stall(customer);
      held = deliver(payload, copies);
      // A failure is reported where the end is awaited.
      await Promise.race([stall.answered, held.catch(() => undefined)]);
      continue;
    }
    together.push(deliver(payload, copies));
    if (withNext) continue;
    await Promise.all(together.splice(0));
    await release();
  }
  await Promise.all(together);
  await release();
  for (const step of life.again) await deliver(events[step] ?? '', 1);

  totals.lives += 1;
  totals.events += life.slots.length;
  const isDeleted = life.steps.some((step) => step.do === 'delete_customer');
  const truth = await truthOf(sandbox, customer, isDeleted);
  const wrongs = await wrongsOf(db, { uid, customer, isDeleted, events: life.slots.length }, truth);
  if (wrongs.length > 0) {
    throw new Error(`${wrongs.join('\n')}\nin the life ${JSON.stringify(life)}`);
  }
}

/** Lets a step happen to the latest subscription. @returns the one event that tells of it, as it is delivered */
async function eventOf(
  world: World,
  { customer, latest }: { readonly customer: string; readonly latest: string },
  step: Step,
): Promise<{ payload: string; latest: string }> {
  const { sandbox } = world;
  world.tick();
  const { do: verb, ...wish } = step;
  const [path, body] = requestOf(customer, latest, verb, wish);
  const { events, subscription } = toldSchema.parse(
    await control(sandbox, 'POST', path, { ...body, deliveries: 0 }),
  );
  const wanted = events.find(({ type }) => type === EVENT[verb]) ?? events.find(({ type }) => isMain(type));
  if (wanted === undefined) throw new Error(`nothing tells of ${verb}`);
  const response = await fetch(`${sandbox.origin}/v1/events/${wanted.id}`, {
    headers: { authorization: 'Bearer sk_test_truth' },
  });
  return { payload: await response.text(), latest: subscription?.id ?? latest };
}

/** Where several tell of it, one: another one would bring the truth a second time. */
const EVENT: Partial<Record<Step['do'], string>> = {
  begin: 'customer.subscription.created',
  delete_customer: 'customer.deleted',
};

function isMain(type: string): boolean {
  return type.startsWith('invoice.') || type.startsWith('customer.subscription.');
}

function requestOf(customer: string, latest: string, verb: Step['do'], wish: object): [string, object] {
  if (verb === 'begin') return ['stripe/subscriptions', { ...wish, customer }];
  if (verb === 'delete_customer') return [`stripe/customers/${customer}/delete`, {}];
  return [`stripe/subscriptions/${latest}/${verb}`, wish];
}

import { type DocumentData } from 'firebase-admin/firestore';
import { z } from 'zod';
import { type ServedFunction } from '../../local/stack/serveFunction';
import { type CallAnswer } from './callFunction';
import { type CallWorld, startCallWorld } from './callWorld';
import { control } from './sandboxControl';
import { newId } from './stripeEvents';

const told = z.looseObject({
  subscription: z.looseObject({ id: z.string(), customer: z.string(), status: z.string() }).optional(),
  deliveries: z.array(z.object({ eventId: z.string(), status: z.number(), body: z.string() })),
  events: z.array(z.object({ id: z.string(), type: z.string() })),
});

export type Told = z.infer<typeof told>;

/** The calls around a freelancer's own subscription, the webhook, and Stripe. */
export interface BillingWorld extends CallWorld {
  readonly webhook: ServedFunction;
  /** A freelancer without a plan. */
  freelancer(fields?: DocumentData): Promise<string>;
  subscribe(uid: string, plan: string, interval?: string): Promise<CallAnswer>;
  /** He subscribes on the page that he was given. @returns the subscription's and the customer's id */
  subscribed(uid: string, plan: string): Promise<{ readonly id: string; readonly customer: string }>;
  /** Something happens at Stripe, of which the webhook is told. */
  happens(path: string, body?: object): Promise<Told>;
  user(uid: string): Promise<DocumentData>;
  /** Ids of what was queued for, and of what was shown to, a freelancer, without what sets them apart. */
  toldOf(uid: string): Promise<{ readonly mails: string[]; readonly notices: string[] }>;
}

export async function startBillingWorld(...others: string[]): Promise<BillingWorld> {
  const world = await startCallWorld('createSubscriptionCheckout', 'createPortalSession', ...others);
  const { harness } = world;
  const webhook = await harness.serve('stripeWebhook');
  harness.sandbox.webhookTargets.stripe = webhook.origin;
  const happens = async (path: string, body: object = {}): Promise<Told> => {
    const answer = told.parse(await control(harness.sandbox, 'POST', `stripe/${path}`, body));
    const refused = answer.deliveries.filter(({ status }) => status !== 200);
    if (refused.length > 0)
      throw new Error(`the webhook answered ${JSON.stringify(refused)}\n${webhook.logTail(10)}`);
    return answer;
  };
  const subscribe = (uid: string, plan: string, interval?: string): Promise<CallAnswer> =>
    world.call('createSubscriptionCheckout', uid, {
      plan,
      ...(interval === undefined ? {} : { interval }),
    });
  const typesOf = async (collection: string, uid: string, field: string): Promise<string[]> => {
    const rows = await harness.db.collection(collection).where('freelancerId', '==', uid).get();
    return rows.docs.map((row) => String(row.get(field))).sort();
  };
  return {
    ...world,
    webhook,
    happens,
    subscribe,
    freelancer: async (fields = {}) => {
      const uid = newId('user');
      await harness.db.doc(`users/${uid}`).set({
        email: `${uid}@studio.example`,
        name: 'Ada Free',
        businessName: 'Ada Studio',
        subscriptionTier: 'free',
        collectionsEnabled: true,
        ...fields,
      });
      return uid;
    },
    subscribed: async (uid, plan) => {
      const { result, message } = await subscribe(uid, plan);
      if (typeof result['sessionId'] !== 'string') throw new Error(`no session: ${message}`);
      const { subscription } = await happens(`checkout/${result['sessionId']}/pay`);
      if (subscription === undefined) throw new Error('nobody subscribed');
      return subscription;
    },
    user: (uid) => world.read(`users/${uid}`),
    toldOf: async (uid) => ({
      mails: await typesOf('outbox', uid, 'template'),
      notices: await typesOf('notifications', uid, 'type'),
    }),
  };
}

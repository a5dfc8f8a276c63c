import { type ServedFunction } from '../../local/stack/serveFunction';
import { type MessageHarness } from '../support/messageHarness';
import { type Fired, fire } from './fire';
import { startListeners } from './listeners';
import { payments } from './traffic/payments';
import { savedClients } from './traffic/savedClients';
import { stops } from './traffic/stops';
import { type Traffic } from './traffic/traffic';

/** A virtual user does something every ten seconds. */
const EVERY_SECONDS = 10;
const LISTENERS = 20;
const LISTENER_LIMIT_MS = 20_000;

export interface Mix {
  readonly users: number;
  readonly seconds: number;
}

export interface MixResult {
  readonly fired: readonly { readonly traffic: Traffic; readonly fired: Fired }[];
  /** What is lost, double or unseen. */
  readonly faults: readonly string[];
}

/** Plays what that many people do for that long: of ten deeds seven are payments, two saved clients and one is a STOP. */
export async function playMix(
  harness: MessageHarness,
  firestoreHost: string,
  { users, seconds }: Mix,
): Promise<MixResult> {
  const { db, projectId } = harness;
  const perSecond = Math.max(10, Math.round(users / EVERY_SECONDS));
  const rate = { payments: Math.round(perSecond * 0.7), clients: Math.round(perSecond * 0.2) };
  const parts: { traffic: Traffic; perSecond: number; served: ServedFunction }[] = [];
  for (const [traffic, share] of [
    [await payments(db, rate.payments * seconds), rate.payments],
    [savedClients(db, projectId, rate.clients * seconds), rate.clients],
    [
      stops(db, (perSecond - rate.payments - rate.clients) * seconds),
      perSecond - rate.payments - rate.clients,
    ],
  ] as const) {
    const served = traffic.target === 'stripeWebhook' ? harness.webhook : await harness.serve(traffic.target);
    parts.push({ traffic, perSecond: share, served });
  }
  const invoices = await db.collection('invoices').limit(LISTENERS).get();
  const listeners = await startListeners(
    projectId,
    firestoreHost,
    invoices.docs.map((doc) => String(doc.get('freelancerId'))),
  );
  try {
    // The first request of a process loads what it needs: cold starts are measured by themselves (npm run bench).
    await Promise.all(
      parts.map(({ traffic, served }) =>
        fire(served.origin, traffic.requests.slice(0, 1), { connections: 1 }),
      ),
    );
    const fired = await Promise.all(
      parts.map(async ({ traffic, perSecond: share, served }) => ({
        traffic,
        fired: await fire(served.origin, traffic.requests.slice(1), { connections: share, perSecond: share }),
      })),
    );
    const faults = (await Promise.all(parts.map(({ traffic }) => traffic.faults()))).flat();
    const deaf = await listeners.deaf(LISTENER_LIMIT_MS);
    if (deaf > 0) faults.push(`${deaf} of ${LISTENERS} listeners have not seen their invoice paid`);
    return { fired, faults };
  } finally {
    await listeners.stop();
  }
}

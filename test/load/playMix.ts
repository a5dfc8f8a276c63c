import { type ServedFunction } from '../../local/stack/serveFunction';
import { type MessageHarness } from '../support/messageHarness';
import { type Fired, fire } from './fire';
import { fireEvenly } from './fireEvenly';
import { startListeners } from './listeners';
import { openings } from './openings';
import { payments } from './traffic/payments';
import { savedClients } from './traffic/savedClients';
import { stops } from './traffic/stops';
import { type Traffic } from './traffic/traffic';

/** A virtual user does something every ten seconds. */
const EVERY_SECONDS = 10;
/** Of all deeds; the others are payments. */
const SHARE = { clients: 0.22, stops: 0.02, openings: 0.002 } as const;
/** Seconds of the same before what is measured: a new process compiles what it runs often. */
const WARM_UP = 10;
/** Web clients that stay open while the last payments come. */
const LISTENERS = 20;
const LAST_PAYMENTS = 100;
const LISTENER_LIMIT_MS = 20_000;

export interface Mix {
  readonly users: number;
  readonly seconds: number;
}

/** What was seen of one kind of deeds. */
export interface Played {
  readonly name: string;
  readonly isWebhook: boolean;
  readonly fired: Fired;
}

export interface MixResult {
  readonly played: readonly Played[];
  /** What is lost, double or unseen. */
  readonly faults: readonly string[];
}

/**
 * Plays what that many people do for that long, and looks at the documents afterwards.
 *
 * The emulator reads all that it holds for each query, and for each open listener at each commit. So there are few STOPs
 * (five queries each), a web client is closed when it has its first snapshot, and those that stay open do so after the
 * measured time, while the last payments are made.
 */
export async function playMix(
  harness: MessageHarness,
  firestoreHost: string,
  { users, seconds }: Mix,
): Promise<MixResult> {
  const { db, projectId } = harness;
  const perSecond = Math.max(10, Math.round(users / EVERY_SECONDS));
  const clients = Math.round(perSecond * SHARE.clients);
  const stopped = Math.max(1, Math.round(perSecond * SHARE.stops));
  const opened = perSecond * SHARE.openings;
  const paid = perSecond - clients - stopped;
  const whole = seconds + WARM_UP;
  const parts: Part[] = [];
  for (const [traffic, share] of [
    [await payments(db, paid * whole + LAST_PAYMENTS, paid * EVERY_SECONDS), paid],
    [savedClients(db, projectId, clients * whole), clients],
    [stops(db, stopped * whole), stopped],
  ] as const) {
    const served = traffic.target === 'stripeWebhook' ? harness.webhook : await harness.serve(traffic.target);
    parts.push({ traffic, share, served });
  }
  const uids = await freelancers(harness, Math.max(1, Math.round(opened * seconds)));

  const warm = await Promise.all(parts.map((part) => playPart(part, 0, WARM_UP)));
  const [seen, ...played] = await Promise.all([
    openings(projectId, firestoreHost, uids, opened),
    ...parts.map(async (part) => ({
      name: part.traffic.name,
      isWebhook: part.traffic.isWebhook,
      fired: await playPart(part, WARM_UP, whole),
    })),
  ]);
  const { deaf, last } = await lastPayments(harness, firestoreHost, parts[0] as Part, paid * whole);
  const faults = (await Promise.all(parts.map(({ traffic }) => traffic.faults()))).flat();
  const errors = [...warm, last].reduce((sum, fired) => sum + fired.errors, 0);
  if (errors > 0) faults.push(`${errors} errors before or after the measured time`);
  if (deaf > 0) faults.push(`${deaf} of ${LISTENERS} listeners have not seen their invoice paid`);
  return { played: [...played, { name: 'web client opened', isWebhook: false, fired: seen }], faults };
}

interface Part {
  readonly traffic: Traffic;
  /** In a second. */
  readonly share: number;
  readonly served: ServedFunction;
}

function playPart({ traffic, share, served }: Part, from: number, to: number): Promise<Fired> {
  return fireEvenly(served.origin, traffic.requests.slice(share * from, share * to), share);
}

/** @returns how many of the web clients that were open meanwhile have not seen what was paid, and the payments */
async function lastPayments(
  { db, projectId }: MessageHarness,
  firestoreHost: string,
  { traffic, served }: Part,
  from: number,
): Promise<{ deaf: number; last: Fired }> {
  const unpaid = await db.collection('invoices').where('status', '!=', 'paid').limit(LISTENERS).get();
  const listeners = await startListeners(
    projectId,
    firestoreHost,
    unpaid.docs.map((doc) => String(doc.get('freelancerId'))),
  );
  try {
    const last = await fire(served.origin, traffic.requests.slice(from), { connections: 10 });
    return { deaf: (await listeners.deaf(LISTENER_LIMIT_MS)) + LISTENERS - unpaid.size, last };
  } finally {
    await listeners.stop();
  }
}

async function freelancers({ db }: MessageHarness, count: number): Promise<string[]> {
  const invoices = await db.collection('invoices').limit(count).get();
  return invoices.docs.map((doc) => String(doc.get('freelancerId')));
}

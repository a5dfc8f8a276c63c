import { type Firestore } from 'firebase-admin/firestore';
import { type HeldRequest } from '../../../local/sandbox/holds';
import { type Fault } from '../../../local/sandbox/faultPlan';
import { type ProviderName } from '../../../local/sandbox/provider';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { scheduledAt, tickWell } from '../../support/jobTick';
import { type MessageHarness, startMessageHarness } from '../../support/messageHarness';

/** What a story does when one of its messages arrives at its provider. */
export type OnRequest = (
  outboxId: string,
  provider: ProviderName,
  proceed: (fault?: Fault) => Promise<void>,
) => Promise<void>;

/** Everything deployed that sends, hears or is told something, on one project, in one time. */
export interface World {
  readonly harness: MessageHarness;
  readonly db: Firestore;
  readonly served: Readonly<Record<ServedName, ServedFunction>>;
  /** Requests about this message go by `onRequest`, from now on. */
  follow(outboxId: string, onRequest: OnRequest): void;
  /** How often a provider took each message, and under which of its ids, the latest last. */
  accepted(): ReadonlyMap<string, readonly string[]>;
  reconcile(): Promise<void>;
  /** Empties the database: the emulator looks through whole collections, so a long life would make it slow. */
  forget(): Promise<void>;
  stop(): Promise<void>;
}

const TARGETS = [
  'sendEmail',
  'twilioSmsReply',
  'twilioSmsStatus',
  'sendgridEvents',
  'unsubscribe',
  'setClientConsent',
  'setCollectionsConsent',
  'reconcileMessages',
] as const;
type ServedName = 'sendSms' | (typeof TARGETS)[number];

export async function startWorld(): Promise<World> {
  const harness = await startMessageHarness();
  const { sandbox } = harness;
  const followers = new Map<string, OnRequest>();
  const taken = new Map<string, string[]>();
  let counted = 0;
  sandbox.watch(async (provider, request, proceed) => {
    const outboxId = outboxIdOf(request);
    const follower = outboxId === null ? undefined : followers.get(outboxId);
    if (outboxId !== null && follower !== undefined) await follower(outboxId, provider, proceed);
  });
  const others = await Promise.all(TARGETS.map(async (name) => [name, await harness.serve(name)] as const));
  return {
    harness,
    db: harness.db,
    served: {
      sendSms: harness.webhook,
      ...(Object.fromEntries(others) as Record<(typeof TARGETS)[number], ServedFunction>),
    },
    follow: (outboxId, onRequest) => followers.set(outboxId, onRequest),
    accepted: () => {
      const all = sandbox.accepted();
      for (; counted < all.length; counted += 1) {
        const entry = all[counted];
        const outboxId = entry === undefined ? null : outboxIdOf(entry);
        if (entry === undefined || outboxId === null) continue;
        const id = entry.answer?.['sid'] ?? entry.answer?.['messageId'] ?? '';
        taken.set(outboxId, [...(taken.get(outboxId) ?? []), id]);
      }
      return taken;
    },
    reconcile: () => tickWell(served(others, 'reconcileMessages'), scheduledAt()),
    forget: async () => {
      followers.clear();
      const host = process.env['FIRESTORE_EMULATOR_HOST'] ?? '';
      const url = `http://${host}/emulator/v1/projects/${harness.projectId}/databases/(default)/documents`;
      const { ok } = await fetch(url, { method: 'DELETE' });
      if (!ok) throw new Error('the emulator did not forget');
    },
    stop: () => harness.stop(),
  };
}

/** Our id in what a provider is asked to send; null for other requests. */
function outboxIdOf({ body }: Pick<HeldRequest, 'body'>): string | null {
  if (typeof body !== 'object' || body === null) return null;
  if ('StatusCallback' in body) return new URL(String(body.StatusCallback)).searchParams.get('o');
  const [, id] = /"outboxId":"([^"]+)"/.exec(JSON.stringify(body)) ?? [];
  return id ?? null;
}

function served(all: readonly (readonly [string, ServedFunction])[], name: string): ServedFunction {
  const found = all.find(([one]) => one === name)?.[1];
  if (found === undefined) throw new Error(`${name} is not served`);
  return found;
}

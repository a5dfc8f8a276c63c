import { type DocumentReference, type Firestore } from 'firebase-admin/firestore';
import * as z from 'zod';
import { retentionMs } from '../domain/privacy/expiry';
import { type FailedWebhook } from '../domain/webhooks/failedWebhook';
import { crashPoint } from '../platform/crashPoint';
import { type Random } from '../platform/random';
import { collections } from './collections';
import { decode } from './decode';
import { failedWebhookResolution } from './failedWebhookResolution';
import { retryConflicts } from './retryConflicts';
import { UnitOfWork } from './unitOfWork';

/** Where the claims are; named for the job that deletes those whose time is over. */
export const CLAIMS = 'processed_events';

/** An event of a provider. Source and id together are its identity: the same pair is the same event. */
export interface EventIdentity {
  readonly source: FailedWebhook['source'];
  readonly eventId: string;
  readonly eventType: string;
}

/** The key of an event in `processed_events` and `failed_webhooks`. */
export function eventKey(event: Pick<EventIdentity, 'source' | 'eventId'>): string {
  return `${event.source}_${event.eventId}`;
}

/** What the work says of itself; stored with the claim. */
export interface WorkDone {
  readonly outcome: string;
  readonly metadata?: Readonly<Record<string, string | null>>;
}

export interface ClaimResult {
  readonly duplicate: boolean;
  readonly outcome: string;
  /** As the claim has it, whoever made it. */
  readonly metadata: Readonly<Record<string, string | null>>;
  /** How often somebody else wrote first. */
  readonly conflicts: number;
}

export const CLAIM_RETENTION_MS = retentionMs('claims');

const claimSchema = z.object({
  attemptId: z.string(),
  outcome: z.string(),
  // A claim is one whatever was noted beside it.
  metadata: z.record(z.string(), z.string().nullable()).catch({}),
});

class AlreadyClaimed extends Error {
  constructor(readonly claim: z.infer<typeof claimSchema>) {
    super('already claimed');
  }
}

/** The unit of work of an event: its first read finds out, at no extra cost, whether the event was processed. */
class ClaimingUnit extends UnitOfWork {
  constructor(
    db: Firestore,
    private readonly claimRef: DocumentReference,
    failedRef: DocumentReference,
  ) {
    super(db, [claimRef, failedRef]);
  }

  override async read(...refs: readonly DocumentReference[]): ReturnType<UnitOfWork['read']> {
    const snapshots = await super.read(...refs);
    const claim = decode(claimSchema, this.snapshot(this.claimRef));
    if (claim !== null) throw new AlreadyClaimed(claim);
    return snapshots;
  }
}

/**
 * Processes an event exactly once: what `work` writes, the claim, and the end of an earlier failure's record are one
 * commit. A crash before it leaves nothing, so a redelivery does everything; after it, a redelivery finds the claim.
 *
 * `work` may run several times (when somebody else writes first) and must have no effect but through the unit of work.
 * When it returns null the event is not ours: nothing is written, not even a claim.
 *
 * Costs one batched read and one commit when `work` reads once; a duplicate costs the read. The answer to the commit
 * may be lost. Then the client library repeats it and is refused, or it gives up and nobody knows: in both cases all
 * is read anew, and a claim with our own attempt id means done, while another's means duplicate.
 *
 * @param attemptId the same for all that one delivery tries, another for each delivery
 */
export async function processOnce(
  deps: { readonly db: Firestore; readonly random: Random; readonly clock: { now(): Date } },
  event: EventIdentity,
  attemptId: string,
  work: (unit: UnitOfWork) => Promise<WorkDone | null>,
): Promise<ClaimResult | null> {
  const { db, random } = deps;
  const key = eventKey(event);
  const claimRef = claimReference(db, event);
  const failedRef = collections.failedWebhook(db, key);
  return retryConflicts(random, async (conflicts) => {
    try {
      const unit = new ClaimingUnit(db, claimRef, failedRef);
      const done = await work(unit);
      if (done === null) return null;
      await unit.read();
      const now = deps.clock.now();
      const { outcome, metadata = {} } = done;
      unit.create(claimRef, {
        ...event,
        processedAt: now,
        expiresAt: new Date(now.getTime() + CLAIM_RETENTION_MS),
        attemptId,
        outcome,
        metadata,
      });
      const resolution = failedWebhookResolution(unit.snapshot(failedRef), now);
      if (resolution !== null) unit.update(failedRef, resolution);
      crashPoint(`${event.source}.before-commit`);
      await unit.commit();
      crashPoint(`${event.source}.after-commit`);
      return { duplicate: false, outcome, metadata, conflicts };
    } catch (error) {
      if (!(error instanceof AlreadyClaimed)) throw error;
      const { claim } = error;
      const { outcome, metadata } = claim;
      return { duplicate: claim.attemptId !== attemptId, outcome, metadata, conflicts };
    }
  });
}

/** The claim of an event, for the record of its failure: an event that is processed has not failed. */
export function claimReference(
  db: Firestore,
  event: Pick<EventIdentity, 'source' | 'eventId'>,
): DocumentReference {
  return db.collection(CLAIMS).doc(eventKey(event));
}

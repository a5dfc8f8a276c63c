import { type DocumentReference, type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { outboxRowSchema } from '../domain/messages/outboxRow';
import { atOnce } from '../platform/atOnce';
import { log } from '../platform/log';
import { timeLimit } from '../platform/timeLimit';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { retryConflicts } from '../store/retryConflicts';
import { UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { moveOutboxItem } from './moveOutboxItem';

export interface Cancellation {
  /** Written on the items. */
  readonly reason: 'opted_out' | 'suppressed' | 'consent_withdrawn';
  /** Only this freelancer's messages; everybody's when left out. */
  readonly freelancerId?: string;
}

type NarrowDeps = Pick<Deps, 'db' | 'clock' | 'random'>;

const PAGE = 50;
const AT_ONCE = 10;

/** Longest time, milliseconds: whoever waits for the answer to a STOP gives up after 15 s. */
const LIMIT_MS = 5_000;

/**
 * Cancels what waits for an address that has just said no, and marks what is being sent at this moment. Comes after
 * the commit of the "no" and only tidies up: what it leaves over, the send gate refuses. So it never throws.
 *
 * @param recipientHashes of the address, under all keys that an item may have been queued with
 */
export async function cancelMessagesTo(
  deps: NarrowDeps,
  recipientHashes: readonly string[],
  cancellation: Cancellation,
): Promise<void> {
  const over = AbortSignal.timeout(LIMIT_MS);
  const work = async (): Promise<void> => {
    for (const recipientHash of recipientHashes) {
      // Those in flight first: they are few, and soon they are in flight no more.
      await eachMessage(deps, recipientHash, 'sending', over, cancellation, (ref) => markInFlight(deps, ref));
      await eachMessage(deps, recipientHash, 'pending', over, cancellation, (ref) =>
        cancel(deps, ref, cancellation.reason),
      );
    }
  };
  try {
    await timeLimit(LIMIT_MS, work());
  } catch (cause) {
    log.messagesNotCancelled({ reason: cancellation.reason, cause });
  }
}

async function eachMessage(
  { db }: NarrowDeps,
  recipientHash: string,
  status: 'pending' | 'sending',
  over: AbortSignal,
  { freelancerId, reason }: Cancellation,
  work: (ref: DocumentReference) => Promise<void>,
): Promise<void> {
  let last: QueryDocumentSnapshot | undefined;
  do {
    const query = collections.messagesTo(db, recipientHash, status).limit(PAGE);
    const page = await (last === undefined ? query : query.startAfter(last)).get();
    const theirs = page.docs.filter(
      (row) => freelancerId === undefined || row.get('freelancerId') === freelancerId,
    );
    await atOnce(AT_ONCE, theirs, ({ ref }) =>
      // One that can not be changed keeps none of the others from it.
      work(ref).catch((cause: unknown) => {
        log.messagesNotCancelled({ reason, cause });
      }),
    );
    last = page.size === PAGE ? page.docs.at(-1) : undefined;
  } while (last !== undefined && !over.aborted);
}

async function cancel(deps: NarrowDeps, ref: DocumentReference, reason: string): Promise<void> {
  await retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    const row = decode(outboxRowSchema, unit.snapshot(ref));
    if (row?.status !== 'pending') return;
    await moveOutboxItem(deps, unit, ref, row, { status: 'cancelled', reason });
    await unit.commit();
  });
}

/** So that whoever is asked why a message came after a "no" can see that it had left already. */
async function markInFlight(deps: NarrowDeps, ref: DocumentReference): Promise<void> {
  await retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    const row = decode(outboxRowSchema, unit.snapshot(ref));
    if (row?.status !== 'sending') return;
    unit.update(ref, { inFlightAtOptOut: true, updatedAt: deps.clock.now() });
    await unit.commit();
  });
}

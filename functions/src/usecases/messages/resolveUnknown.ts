import { type DocumentReference } from 'firebase-admin/firestore';
import { type OutboxRow, outboxContentSchema, outboxRowSchema } from '../../domain/messages/outboxRow';
import { readListedSms } from '../../domain/messages/readListedSms';
import { LOOK_UP_EVERY_MS, UNKNOWN_FINAL_AFTER_MS } from '../../domain/messages/sendPolicy';
import { PermanentFailure } from '../../platform/errors';
import { type ListedSms } from '../../providers/twilio/smsGateway';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { applyDeliveryReport } from '../applyDeliveryReport';
import { addressOfItem } from '../contact/addressOfItem';
import { type Deps } from '../deps';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { eachDueMessage } from './eachDueMessage';
import { giveUpUnknown } from './giveUpUnknown';
import { contentHashOf } from './writeMessage';

/** How far the provider's clock and ours may be apart, and how long its queue may take to note a message. */
const WINDOW_BEFORE_MS = 10 * 60 * 1000;
const WINDOW_AFTER_MS = 30 * 60 * 1000;

/** Looks up what became of messages whose outcome is unknown; after a day nobody will find out any more. */
export async function resolveUnknown(deps: Deps, run: JobRun): Promise<JobOutcome> {
  return eachDueMessage(run, collections.unknownMessages(deps.db, run.now), (ref) =>
    resolve(deps, ref, run.now),
  );
}

async function resolve(deps: Deps, ref: DocumentReference, now: Date): Promise<string> {
  const [item, content] = await deps.db.getAll(ref, collections.privatePart(ref, 'content'));
  const row = decode(outboxRowSchema, item);
  if (row?.status !== 'unknown' || row.expiresAt != null) return 'moved_on';
  const stored = decode(outboxContentSchema, content);
  const found =
    row.channel === 'sms' && stored !== null
      ? await lookUp(deps, ref.id, row, stored.to).catch((error: unknown) => {
          // A list that can not be asked keeps nothing open for ever.
          if (!isOver(row, now)) throw error;
          return null;
        })
      : null;
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    if (found !== null) {
      const { outcome } = await applyDeliveryReport(deps, unit, ref.id, readListedSms(found));
      if (outcome !== 'applied') return 'moved_on';
      await unit.commit();
      return 'found';
    }
    await unit.read(ref);
    const current = decode(outboxRowSchema, unit.snapshot(ref));
    if (current?.status !== 'unknown' || current.expiresAt != null) return 'moved_on';
    const over = isOver(current, now);
    if (over) await giveUpUnknown(deps, unit, ref, current);
    else unit.update(ref, { dueAt: new Date(now.getTime() + LOOK_UP_EVERY_MS) });
    await unit.commit();
    return over ? 'given_up' : 'not_found';
  });
}

function isOver({ unknownSince, createdAt }: OutboxRow, now: Date): boolean {
  return now.getTime() - (unknownSince ?? createdAt).getTime() >= UNKNOWN_FINAL_AFTER_MS;
}

/** The one message in the provider's list that can only be this item's; null when there is none, or more than one. */
async function lookUp(
  deps: Deps,
  outboxId: string,
  row: OutboxRow,
  stored: string | undefined,
): Promise<ListedSms | null> {
  const to = stored ?? (await addressOfItem(deps, new UnitOfWork(deps.db), row).catch(unlessErased));
  if (to === null) return null;
  const claimed = (row.claimedAt ?? row.createdAt).getTime();
  const listed = await deps.sms.listSent(
    to,
    new Date(claimed - WINDOW_BEFORE_MS),
    new Date(claimed + WINDOW_AFTER_MS),
  );
  const alike = listed.filter(
    ({ messageId, body }) =>
      !row.earlierMessageIds.includes(messageId) && contentHashOf(body) === row.contentHash,
  );
  const free: ListedSms[] = [];
  for (const one of alike) {
    const owners = await Promise.all([
      collections.messagesByProviderId(deps.db, one.messageId).limit(2).get(),
      collections.messagesByEarlierId(deps.db, one.messageId).limit(2).get(),
    ]);
    if (owners.every(({ docs }) => docs.every(({ id }) => id === outboxId))) free.push(one);
  }
  const [only] = free;
  if (only === undefined || free.length > 1 || (await hasRival(deps, outboxId, row))) return null;
  return only;
}

/** An address that was erased can not be asked for. */
function unlessErased(error: unknown): null {
  if (error instanceof PermanentFailure) return null;
  throw error;
}

/** Whether there is another message, with the same words to the same number and time, that it could be as well. */
async function hasRival(deps: Deps, outboxId: string, row: OutboxRow): Promise<boolean> {
  const claimed = (row.claimedAt ?? row.createdAt).getTime();
  const open = await Promise.all(
    (['sending', 'unknown'] as const).map((status) =>
      collections.messagesTo(deps.db, row.recipientHash, status).get(),
    ),
  );
  return open
    .flatMap(({ docs }) => docs)
    .filter(({ id }) => id !== outboxId)
    .map((doc) => decode(outboxRowSchema, doc))
    .some(
      (other) =>
        other.contentHash === row.contentHash &&
        Math.abs((other.claimedAt?.getTime() ?? 0) - claimed) <= WINDOW_BEFORE_MS + WINDOW_AFTER_MS,
    );
}

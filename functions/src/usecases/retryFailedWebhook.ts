import { type DocumentReference, type DocumentSnapshot } from 'firebase-admin/firestore';
import { afterFailure } from '../domain/webhooks/decideFailure';
import { type FailedWebhook, failedWebhookSchema } from '../domain/webhooks/failedWebhook';
import { MAX_ATTEMPTS, RETRY_LEASE_MS } from '../domain/webhooks/retryPolicy';
import { crashPoint } from '../platform/crashPoint';
import { asRecoupError, PermanentFailure, type RecoupError } from '../platform/errors';
import { log } from '../platform/log';
import { decode } from '../store/decode';
import { failedWebhookResolution } from '../store/failedWebhookResolution';
import { retryConflicts } from '../store/retryConflicts';
import { UnitOfWork } from '../store/unitOfWork';
import { loadPayload } from '../store/webhookPayload';
import { payloadSeal } from './contact/payloadSeal';
import { type Deps } from './deps';
import { recordedEvent } from './recordedEvent';

export type RetryOutcome = 'resolved' | 'rescheduled' | 'dead_letter' | 'skipped';

/**
 * Tries a recorded event again, through the same use case as a live delivery. Leased meanwhile, and the attempt is
 * counted when the lease is taken, so that an event which kills its runner ends as a dead letter too.
 *
 * @param now the job's present, from which the next delay counts
 */
export async function retryFailedWebhook(
  deps: Deps,
  ref: DocumentReference,
  now: Date,
): Promise<RetryOutcome> {
  const owner = deps.random.uuid();
  const leased = await takeForRetry(deps, ref, owner, now);
  if (leased === null) return 'skipped';
  if (leased === 'corrupt') return 'dead_letter';
  if (leased.status === 'dead_letter') {
    log.deadLetter({ ...identityOf(leased), code: 'attempts_used_up', attempts: leased.attempts });
    return 'dead_letter';
  }
  crashPoint('retry.after-lease');
  try {
    await recordedEvent(deps, leased, await loadPayload(ref, payloadSeal(deps, ref))).apply(owner);
    crashPoint('retry.after-apply');
    await settle(deps, ref, owner, (unit) => failedWebhookResolution(unit.snapshot(ref), deps.clock.now()));
    return 'resolved';
  } catch (thrown) {
    return fail(deps, ref, leased, owner, asRecoupError(thrown), now);
  }
}

/**
 * The row, leased to us; as a dead letter when its attempts are used up; null when it is no longer due. One that does
 * not fit its schema is set aside, for it would come up first in every run for ever.
 */
async function takeForRetry(
  deps: Deps,
  ref: DocumentReference,
  owner: string,
  now: Date,
): Promise<FailedWebhook | 'corrupt' | null> {
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    const row = decodeRow(unit.snapshot(ref));
    if (row instanceof PermanentFailure) {
      await setAside(deps, unit, ref, row);
      return 'corrupt';
    }
    if (row === null || (row.status !== 'pending_retry' && row.status !== 'retrying')) return null;
    if (row.leaseOwner === owner) return row;
    if (row.leaseUntil != null && row.leaseUntil > unit.readTime) return null;
    if (row.nextRetryAt != null && row.nextRetryAt > now) return null;
    const exhausted = row.attempts >= MAX_ATTEMPTS;
    const leaseUntil = new Date(unit.readTime.getTime() + RETRY_LEASE_MS);
    const change = exhausted
      ? { status: 'dead_letter' as const, nextRetryAt: null, leaseUntil: null, leaseOwner: null }
      : {
          status: 'retrying' as const,
          attempts: row.attempts + 1,
          leaseOwner: owner,
          leaseUntil,
          // So that the query for due rows finds it again if we never come back.
          nextRetryAt: leaseUntil,
        };
    unit.update(ref, { ...change, updatedAt: deps.clock.now() });
    await unit.commit();
    return { ...row, ...change };
  });
}

function decodeRow(snapshot: DocumentSnapshot): FailedWebhook | PermanentFailure | null {
  try {
    return decode(failedWebhookSchema, snapshot);
  } catch (error) {
    if (error instanceof PermanentFailure) return error;
    throw error;
  }
}

async function setAside(
  deps: Deps,
  unit: UnitOfWork,
  ref: DocumentReference,
  error: PermanentFailure,
): Promise<void> {
  unit.update(ref, {
    status: 'dead_letter',
    nextRetryAt: null,
    leaseUntil: null,
    leaseOwner: null,
    lastError: { code: error.code, message: error.publicMessage },
    updatedAt: deps.clock.now(),
  });
  await unit.commit();
  log.deadLetter({ source: 'unknown', eventId: ref.id, eventType: 'unknown', code: error.code, attempts: 0 });
}

async function fail(
  deps: Deps,
  ref: DocumentReference,
  row: FailedWebhook,
  owner: string,
  error: RecoupError,
  now: Date,
): Promise<RetryOutcome> {
  const failure = { code: error.code, message: error.publicMessage, retryable: error.retryable };
  const fraction = deps.random.fraction();
  const lastError = { code: failure.code, message: failure.message };
  let next = afterFailure(row.attempts, failure, now, fraction);
  const written = await settle(deps, ref, owner, ({ readTime }) => {
    // The job may have begun minutes ago: the wait counts from this failure.
    next = afterFailure(row.attempts, failure, readTime > now ? readTime : now, fraction);
    return { ...next, lastError, leaseUntil: null, leaseOwner: null };
  });
  if (!written) return 'skipped';
  log.webhookFailed({
    ...identityOf(row),
    code: error.code,
    status: next.status,
    attempts: row.attempts,
    cause: error,
  });
  if (next.status !== 'dead_letter') return 'rescheduled';
  log.deadLetter({ ...identityOf(row), code: error.code, attempts: row.attempts });
  return 'dead_letter';
}

/** Ends our lease on the row. Whoever took it over meanwhile, or resolved the row, has the last word. */
async function settle(
  deps: Deps,
  ref: DocumentReference,
  owner: string,
  change: (unit: UnitOfWork) => Record<string, unknown> | null,
): Promise<boolean> {
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    const row = decode(failedWebhookSchema, unit.snapshot(ref));
    const fields = row?.leaseOwner === owner ? change(unit) : null;
    if (fields === null) return false;
    unit.update(ref, { ...fields, updatedAt: deps.clock.now() });
    await unit.commit();
    return true;
  });
}

function identityOf(row: FailedWebhook) {
  return { source: row.source, eventId: row.eventId, eventType: row.eventType };
}

import { decideFailure } from '../domain/webhooks/decideFailure';
import { type FailedWebhook, failedWebhookSchema } from '../domain/webhooks/failedWebhook';
import { MAX_ATTEMPTS } from '../domain/webhooks/retryPolicy';
import { crashPoint } from '../platform/crashPoint';
import { type RecoupError } from '../platform/errors';
import { log } from '../platform/log';
import { claimReference, eventKey } from '../store/claim';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { retryConflicts } from '../store/retryConflicts';
import { UnitOfWork } from '../store/unitOfWork';
import { keepPayload } from '../store/webhookPayload';
import { payloadSeal } from './contact/payloadSeal';
import { type Deps } from './deps';
import { type IncomingEvent } from './incomingEvent';

/** Where the record of the failure stands now; `processed` when the event was applied by somebody else meanwhile. */
export type RecordedFailure = FailedWebhook['status'] | 'processed';

/**
 * Records, in one commit, that a live delivery failed: the row, and the bytes to try again with.
 *
 * @param receivedAt when it came: what it says counts from then, however late it is applied
 * @throws whatever the store throws; then the failure is recorded nowhere, and the answer must not be a 200
 */
export async function recordFailure(
  deps: Deps,
  incoming: IncomingEvent,
  receivedAt: Date,
  error: RecoupError,
): Promise<RecordedFailure> {
  const { identity: event, rawBody, context } = incoming;
  const failure = { code: error.code, message: error.publicMessage, retryable: error.retryable };
  const { status, attempts } = await retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    const ref = collections.failedWebhook(deps.db, eventKey(event));
    const claimRef = claimReference(deps.db, event);
    await unit.read(ref, claimRef);
    if (unit.snapshot(claimRef).exists) return { status: 'processed' as const, attempts: 0 };
    const existing = decode(failedWebhookSchema, unit.snapshot(ref));
    const decision = decideFailure(existing, failure, unit.readTime, deps.random.fraction());
    const now = deps.clock.now();
    const lastError = { code: failure.code, message: failure.message };
    const common = { ...(decision.kind === 'note' ? {} : decision.row), lastError, updatedAt: now };
    if (decision.kind === 'create') {
      unit.create(ref, {
        ...event,
        ...common,
        maxAttempts: MAX_ATTEMPTS,
        leaseUntil: null,
        leaseOwner: null,
        ...(context === null ? {} : { context }),
        receivedAt,
        createdAt: now,
      });
      await keepPayload(unit, ref, rawBody, payloadSeal(deps, ref));
    } else {
      unit.update(ref, common);
    }
    crashPoint('failure.before-commit');
    await unit.commit();
    crashPoint('failure.after-commit');
    const row = decision.kind === 'note' ? existing : decision.row;
    return { status: row?.status ?? 'pending_retry', attempts: row?.attempts ?? 1 };
  });
  log.webhookFailed({ ...event, code: error.code, status, attempts, cause: error });
  if (status === 'dead_letter') log.deadLetter({ ...event, code: error.code, attempts });
  return status;
}

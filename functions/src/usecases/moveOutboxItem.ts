import { type DocumentData, type DocumentReference, FieldValue } from 'firebase-admin/firestore';
import { type ItemMove } from '../domain/messages/itemMove';
import { type OutboxRow } from '../domain/messages/outboxRow';
import { LOOK_UP_AFTER_MS, OUTBOX_RETENTION_MS } from '../domain/messages/sendPolicy';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { inHistory } from './inHistory';
import { giveBackQuota } from './giveBackQuota';
import { recordAttempt } from './recordAttempt';

/**
 * Moves a claimed item on, with all that hangs on its state: the quota that a message which did not go out gives back,
 * and the rows in which the freelancer sees it. The item must have been read in this unit.
 */
export async function moveOutboxItem(
  deps: Pick<Deps, 'db' | 'clock'>,
  unit: UnitOfWork,
  ref: DocumentReference,
  row: OutboxRow,
  move: ItemMove,
): Promise<void> {
  const now = deps.clock.now();
  const { status, reason, notBefore = null } = move;
  unit.update(ref, {
    ...fieldsOf(move, now),
    history: inHistory({ at: now, what: status, reason, notBefore }),
    updatedAt: now,
  });
  if (move.status === 'failed' || move.status === 'suppressed' || move.status === 'cancelled') {
    await giveBackQuota(deps, unit, ref.id, row);
  }
  if (row.attempts > 0) await recordAttempt(deps, unit, ref.id, row, move);
}

/** An earlier attempt may have been final: with its date an `unknown` would count as final at once. */
const NOT_FINAL = { expiresAt: FieldValue.delete() };

function fieldsOf(move: ItemMove, now: Date): DocumentData {
  const common = {
    status: move.status,
    reason: move.reason,
    leaseUntil: null,
    ...(move.providerMessageId === undefined ? {} : { providerMessageId: move.providerMessageId }),
    ...(move.voidMessageId == null ? {} : { earlierMessageIds: FieldValue.arrayUnion(move.voidMessageId) }),
  };
  const expiresAt = new Date(now.getTime() + OUTBOX_RETENTION_MS);
  switch (move.status) {
    case 'pending':
      return {
        ...common,
        ...NOT_FINAL,
        attemptId: null,
        notBefore: move.notBefore ?? null,
        dueAt: move.notBefore ?? now,
      };
    case 'unknown':
      return move.final === true
        ? { ...common, dueAt: null, expiresAt }
        : { ...common, ...NOT_FINAL, unknownSince: now, dueAt: new Date(now.getTime() + LOOK_UP_AFTER_MS) };
    default:
      return { ...common, dueAt: null, expiresAt };
  }
}

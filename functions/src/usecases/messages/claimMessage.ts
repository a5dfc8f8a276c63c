import { type DocumentReference } from 'firebase-admin/firestore';
import { DEFERRED_REASON } from '../../domain/gate/gateDecision';
import { londonMonth } from '../../domain/londonDay';
import { type OutboxRow, outboxRowSchema } from '../../domain/messages/outboxRow';
import { SEND_LEASE_MS, STALE_AFTER_MS } from '../../domain/messages/sendPolicy';
import { crashPoint } from '../../platform/crashPoint';
import { PermanentFailure } from '../../platform/errors';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { GateCheck } from '../gate/gateCheck';
import { type GateMessage } from '../gate/gateRefs';
import { giveBackQuota } from '../giveBackQuota';
import { inHistory } from '../inHistory';
import { moveOutboxItem } from '../moveOutboxItem';
import { type Letter, letterOf } from './letterOf';
import { tellSuppressed } from './tellSuppressed';
import { type WrittenMessage } from './writeMessage';

/** A message that is ours to send, once. */
export interface ClaimedMessage {
  readonly ref: DocumentReference;
  readonly attemptId: string;
  readonly message: WrittenMessage;
  /** The moment for which the gate answered. */
  readonly claimedAt: Date;
  /** Seconds; only for text messages. */
  readonly validitySeconds: number;
}

export type ClaimResult =
  | { readonly kind: 'claimed'; readonly claimed: ClaimedMessage }
  /** Not there, not waiting, or not due. */
  | { readonly kind: 'nothing_to_do' }
  | { readonly kind: 'deferred' | 'refused' | 'failed'; readonly reason: string };

/**
 * Claims a message for sending if the gate lets it go: claim, counters and the gate's answer are one commit. Whatever
 * the gate says is written on the item.
 *
 * @throws RecoupError when the store can not be reached or the settings are unusable; the item is as it was then
 */
export async function claimMessage(deps: Deps, outboxId: string): Promise<ClaimResult> {
  const attemptId = deps.random.uuid();
  const ref = collections.outbox(deps.db, outboxId);
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    const contentRef = collections.privatePart(ref, 'content');
    await unit.read(ref, contentRef);
    const row = decode(outboxRowSchema, unit.snapshot(ref));
    if (row === null) return { kind: 'nothing_to_do' };
    const isOurs = row.status === 'sending' && row.attemptId === attemptId;
    const now = deps.clock.now();
    if (!isOurs && (row.status !== 'pending' || (row.notBefore != null && row.notBefore > now)))
      return { kind: 'nothing_to_do' };
    let letter: Letter;
    try {
      letter = await letterOf(deps, unit, ref, row, isOurs);
    } catch (error) {
      if (!(error instanceof PermanentFailure)) throw error;
      return giveUp(deps, unit, ref, row, error);
    }
    // The answer to our commit was lost: the claim stands, and so does what it was allowed.
    if (isOurs) {
      const message = await letter.words(now);
      const validitySeconds = row.validitySeconds ?? 0;
      const claimedAt = row.claimedAt ?? row.createdAt;
      return { kind: 'claimed', claimed: { ref, attemptId, message, claimedAt, validitySeconds } };
    }
    return askGate(deps, unit, ref, row, letter, attemptId).catch((error: unknown) =>
      giveUpStale(deps, ref, error),
    );
  });
}

/**
 * A document that the gate needs does not fit. Somebody may mend it, so the message waits; but not for ever.
 *
 * @throws the error, as long as it waits
 */
async function giveUpStale(deps: Deps, ref: DocumentReference, error: unknown): Promise<ClaimResult> {
  if (!(error instanceof PermanentFailure)) throw error;
  const unit = new UnitOfWork(deps.db);
  await unit.read(ref);
  const row = decode(outboxRowSchema, unit.snapshot(ref));
  const age = deps.clock.now().getTime() - (row?.createdAt.getTime() ?? 0);
  if (row?.status !== 'pending' || age <= STALE_AFTER_MS) throw error;
  return giveUp(deps, unit, ref, row, error);
}

async function askGate(
  deps: Deps,
  unit: UnitOfWork,
  ref: DocumentReference,
  row: OutboxRow,
  letter: Letter,
  attemptId: string,
): Promise<ClaimResult> {
  const now = deps.clock.now();
  const { to: address, hashes, recipientHash } = letter;
  const gate = await GateCheck.prepare(deps, unit, { ...gateMessage(ref.id, row), address, hashes }, now);
  // Let through in one month and claimed in the next: it counts in the month in which it leaves.
  if (row.quotaMonth != null && row.quotaMonth !== londonMonth(now))
    await giveBackQuota(deps, unit, ref.id, row);
  crashPoint('send.before-claim');
  const decision = await unit.commitWitnessing(gate.witnesses, async () => {
    const answer = gate.decide();
    if (answer.kind === 'refuse') {
      await moveOutboxItem(deps, unit, ref, row, answer);
      tellSuppressed(deps, unit, ref.id, row, answer);
      gate.guardChase();
      return answer;
    }
    const message = await letter.words(now).catch((error: unknown) => {
      if (!(error instanceof PermanentFailure)) throw error;
      return error;
    });
    if (message instanceof PermanentFailure) {
      await moveOutboxItem(deps, unit, ref, row, { status: 'failed', reason: message.code });
      gate.guardChase();
      return { kind: 'unusable' as const, error: message };
    }
    if (answer.kind === 'defer') {
      const { notBefore } = answer;
      unit.update(ref, {
        reason: DEFERRED_REASON,
        notBefore,
        dueAt: notBefore,
        recipientHash,
        history: inHistory({ at: now, what: 'deferred', reason: DEFERRED_REASON, notBefore }),
        updatedAt: now,
      });
      return answer;
    }
    unit.update(ref, {
      ...gate.count(answer),
      status: 'sending',
      reason: null,
      attempts: row.attempts + 1,
      attemptId,
      claimedAt: now,
      leaseUntil: new Date(unit.readTime.getTime() + SEND_LEASE_MS),
      dueAt: null,
      notBefore: null,
      validitySeconds: answer.validitySeconds,
      contentHash: message.contentHash,
      recipientHash,
      history: inHistory({ at: now, what: 'passed', reason: null }),
      updatedAt: now,
    });
    gate.guardChase();
    return { ...answer, message };
  });
  crashPoint('send.after-claim');
  switch (decision.kind) {
    case 'pass': {
      const { validitySeconds, message } = decision;
      return { kind: 'claimed', claimed: { ref, attemptId, message, claimedAt: now, validitySeconds } };
    }
    case 'defer':
      return { kind: 'deferred', reason: DEFERRED_REASON };
    case 'refuse':
      return { kind: 'refused', reason: decision.reason };
    case 'unusable':
      return failed(ref.id, row, decision.error);
  }
}

function gateMessage(id: string, row: OutboxRow): Omit<GateMessage, 'address' | 'hashes'> {
  const { channel, level, createdAt, invoiceId, freelancerId } = row;
  return { id, class: row.class, channel, level, createdAt, invoiceId, freelancerId };
}

/** The message can not be written, now or later. */
async function giveUp(
  deps: Deps,
  unit: UnitOfWork,
  ref: DocumentReference,
  row: OutboxRow,
  error: PermanentFailure,
): Promise<ClaimResult> {
  await moveOutboxItem(deps, unit, ref, row, { status: 'failed', reason: error.code });
  await unit.commit();
  return failed(ref.id, row, error);
}

function failed(outboxId: string, { template }: OutboxRow, { code }: PermanentFailure): ClaimResult {
  log.messageUnusable({ outboxId, template, code });
  return { kind: 'failed', reason: code };
}

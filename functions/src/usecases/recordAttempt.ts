import { type ItemMove } from '../domain/messages/itemMove';
import { type OutboxRow } from '../domain/messages/outboxRow';
import { collections } from '../store/collections';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';

/**
 * What the freelancer sees of a message about an invoice: `collection_attempts` for reminders, `emails_sent` for
 * e-mails, and one line in the timeline when a reminder has left. All under the outbox item's id.
 */
export async function recordAttempt(
  deps: Pick<Deps, 'db' | 'clock'>,
  unit: UnitOfWork,
  outboxId: string,
  row: OutboxRow,
  move: ItemMove,
): Promise<void> {
  const { db } = deps;
  const { freelancerId, invoiceId, channel } = row;
  const isReminder = row.class === 'dunning';
  if (freelancerId === null || invoiceId === null || move.status === 'pending') return;
  if (!isReminder && channel !== 'email') return;
  const attemptRef = collections.collectionAttempt(db, outboxId);
  const emailRef = collections.emailSent(db, outboxId);
  const timelineRef = collections.timeline(db, `${invoiceId}_sent_${outboxId}`);
  await unit.read(attemptRef, emailRef, timelineRef);
  const now = deps.clock.now();
  const common = { freelancerId, invoiceId, level: row.level, updatedAt: now };
  const providerMessageId = move.providerMessageId ?? row.providerMessageId ?? null;
  if (isReminder) {
    unit.save(attemptRef, {
      ...common,
      attemptType: channel === 'sms' ? 'sms_reminder' : 'email_reminder',
      result: resultOf(move),
      attemptDate: row.claimedAt ?? now,
      providerMessageId,
    });
  }
  if (channel === 'email' && hasLeft(move)) {
    const { exists } = unit.snapshot(emailRef);
    unit.save(emailRef, {
      ...common,
      ...(exists ? {} : { sentAt: now }),
      deliveryStatus: deliveryStatusOf(move),
    });
  }
  if (isReminder && hasLeft(move) && !unit.snapshot(timelineRef).exists) {
    unit.create(timelineRef, {
      invoiceId,
      freelancerId,
      level: row.level ?? 'pending',
      eventType: 'reminder_sent',
      channel,
      message: channel === 'sms' ? 'A reminder was sent by text message.' : 'A reminder was sent by e-mail.',
      timestamp: now,
      skipped: [],
    });
  }
}

/** Whether it has gone to the provider for certain, whatever became of it then. */
function hasLeft(move: ItemMove): boolean {
  return move.status === 'sent' || move.status === 'delivered' || move.reason === 'bounced';
}

function resultOf(move: ItemMove): 'pending' | 'success' | 'failed' | 'bounced' {
  if (move.reason === 'bounced') return 'bounced';
  if (move.status === 'delivered') return 'success';
  return move.status === 'sent' || move.status === 'unknown' ? 'pending' : 'failed';
}

function deliveryStatusOf(move: ItemMove): string {
  return move.reason === 'bounced' || move.reason === 'complained' ? move.reason : move.status;
}

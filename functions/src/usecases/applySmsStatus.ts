import { outboxRowSchema } from '../domain/messages/outboxRow';
import { readSmsStatus } from '../domain/messages/readSmsStatus';
import { type SmsStatus } from '../domain/messages/smsStatus';
import { type ClaimResult, eventKey, processOnce } from '../store/claim';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { receivedAtOf } from '../store/receivedAtOf';
import { type UnitOfWork } from '../store/unitOfWork';
import { applyDeliveryReport } from './applyDeliveryReport';
import { cancelMessagesTo } from './cancelMessagesTo';
import { changeOptOut } from './changeOptOut';
import { type Deps } from './deps';
import { markUnreachable } from './markUnreachable';
import { recipientHashesOf } from './recipientHashOf';
import { requireE164 } from './requireE164';

/**
 * Applies what Twilio tells of a message exactly once: to its item, and to what is known of the number. A number that
 * said STOP at its carrier's is opted out here too.
 *
 * Outcomes: `noted` (nothing that moves an item), `applied`, `unchanged`, `unknown_item`.
 */
export async function applySmsStatus(
  deps: Deps,
  attemptId: string,
  status: SmsStatus,
): Promise<ClaimResult | null> {
  const { messageSid, messageStatus, outboxId } = status;
  const event = {
    source: 'twilio' as const,
    eventId: `${messageSid}_${messageStatus}`,
    eventType: `sms_status.${messageStatus}`,
  };
  const { report, number } = readSmsStatus(status);
  const phone = number === null ? null : requireE164(status.to);
  const hashes = phone === null ? null : recipientHashesOf(deps, 'sms', phone);
  const result = await processOnce(deps, event, attemptId, async (unit) => {
    if (hashes !== null && number === 'unreachable') {
      await markUnreachable(deps, unit, 'sms', hashes[0], status.errorCode ?? messageStatus);
    }
    if (phone !== null && number === 'opted_out') {
      const failedRef = collections.failedWebhook(deps.db, eventKey(event));
      await unit.read(failedRef);
      await changeOptOut(deps, unit, {
        phone,
        action: 'opt_out',
        method: 'carrier',
        messageSid,
        auditId: `carrier_${messageSid}`,
        saidAt: receivedAtOf(unit.snapshot(failedRef)) ?? deps.clock.now(),
      });
    }
    const metadata = { outboxId };
    if (outboxId === null) return { outcome: 'unknown_item', metadata };
    if (report === null) return { outcome: await note(deps, unit, outboxId, messageSid), metadata };
    const { outcome } = await applyDeliveryReport(deps, unit, outboxId, report);
    return { outcome, metadata };
  });
  if (result?.duplicate === false && hashes !== null && number === 'opted_out') {
    await cancelMessagesTo(deps, hashes, { reason: 'opted_out' });
  }
  return result;
}

/** Twilio has it, if we did not know: its id is what the item is looked up by when nothing else comes. */
async function note(deps: Deps, unit: UnitOfWork, outboxId: string, messageSid: string): Promise<string> {
  const ref = collections.outbox(deps.db, outboxId);
  await unit.read(ref);
  const row = decode(outboxRowSchema, unit.snapshot(ref));
  if (row === null) return 'unknown_item';
  const mayBeIts = row.status === 'sending' || row.status === 'sent' || row.status === 'unknown';
  if (mayBeIts && row.providerMessageId == null && !row.earlierMessageIds.includes(messageSid)) {
    unit.update(ref, { providerMessageId: messageSid, updatedAt: deps.clock.now() });
  }
  return 'noted';
}

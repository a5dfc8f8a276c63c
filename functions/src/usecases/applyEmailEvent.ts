import { isDocumentId } from '../domain/documentId';
import { type EmailEvent } from '../domain/messages/emailEvent';
import { outboxRowSchema } from '../domain/messages/outboxRow';
import { type EmailEventMeaning, readEmailEvent } from '../domain/messages/readEmailEvent';
import { log } from '../platform/log';
import { type ClaimResult, processOnce } from '../store/claim';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { type UnitOfWork } from '../store/unitOfWork';
import { answerBrokenAddress } from './answerBrokenAddress';
import { applyDeliveryReport } from './applyDeliveryReport';
import { cancelMessagesTo } from './cancelMessagesTo';
import { type Deps } from './deps';
import { recipientHashesOf } from './recipientHashOf';
import { suppressEmail } from './suppressEmail';

/**
 * Applies what SendGrid tells of an e-mail exactly once: to its item, and to what is known of the address.
 *
 * Outcomes: `noted` (nothing that moves an item), `applied`, `unchanged`, `unknown_item`, `other_address` (the event is
 * about another address than the item's: it says nothing of the item).
 */
export async function applyEmailEvent(
  deps: Deps,
  attemptId: string,
  eventId: string,
  event: EmailEvent,
): Promise<ClaimResult | null> {
  const meaning = readEmailEvent(event);
  const hashes = recipientHashesOf(deps, 'email', event.email);
  const outboxId = isDocumentId(event.outboxId) ? event.outboxId : null;
  const identity = { source: 'sendgrid' as const, eventId, eventType: event.event.slice(0, 200) };
  const result = await processOnce(deps, identity, attemptId, async (unit) => {
    if (meaning.suppress !== null) await suppressEmail(deps, unit, hashes[0], meaning.suppress);
    const outcome = await applyToItem(deps, unit, outboxId, hashes, meaning);
    return { outcome, metadata: { outboxId } };
  });
  if (result?.duplicate !== false) return result;
  if (meaning.alert) log.emailNotDelivered({ outboxId, code: codeOf(meaning) });
  if (meaning.suppress !== null) await cancelMessagesTo(deps, hashes, { reason: 'suppressed' });
  return result;
}

async function applyToItem(
  deps: Deps,
  unit: UnitOfWork,
  outboxId: string | null,
  hashes: readonly string[],
  { report, addressBroken }: EmailEventMeaning,
): Promise<string> {
  if (outboxId === null) return 'unknown_item';
  if (report === null) return 'noted';
  const ref = collections.outbox(deps.db, outboxId);
  await unit.read(ref);
  const row = decode(outboxRowSchema, unit.snapshot(ref));
  if (row === null) return 'unknown_item';
  if (!hashes.includes(row.recipientHash)) return 'other_address';
  const { outcome } = await applyDeliveryReport(deps, unit, outboxId, report);
  if (addressBroken) await answerBrokenAddress(deps, unit, outboxId, row);
  return outcome;
}

function codeOf({ report }: EmailEventMeaning): string {
  return report !== null && 'code' in report ? report.code : 'unknown';
}

import { type DeliveryReport } from './deliveryReport';
import { type ItemMove } from './itemMove';
import { type OutboxRow } from './outboxRow';

/** How far a message has come. A report of less than is known says nothing new. */
const RANK = { sent: 1, delivered: 2, failed: 3, bounced: 3, complained: 3 } as const;

/**
 * What a provider's report makes of an item; null when it says nothing new: it comes late, is repeated, or is about
 * an earlier attempt than the present one.
 */
export function decideReport(row: OutboxRow, report: DeliveryReport): ItemMove | null {
  const { messageId } = report;
  if (messageId !== null) {
    if (row.earlierMessageIds.includes(messageId)) return null;
    if (row.providerMessageId != null && row.providerMessageId !== messageId) return null;
  }
  // What was never claimed was never sent: such a report is about something else.
  if (row.attempts === 0) return null;
  if (report.kind === 'expired') return decideExpired(row, messageId);
  if (RANK[report.kind] <= rankOf(row)) return null;
  const providerMessageId = messageId ?? row.providerMessageId ?? null;
  switch (report.kind) {
    case 'sent':
      return { status: 'sent', reason: null, providerMessageId };
    case 'delivered':
      return { status: 'delivered', reason: null, providerMessageId };
    case 'failed':
      return { status: 'failed', reason: report.code, providerMessageId };
    case 'bounced':
      return { status: 'failed', reason: 'bounced', providerMessageId };
    case 'complained':
      return { status: 'delivered', reason: 'complained', providerMessageId };
  }
}

/**
 * Not delivered in time and never to be: back to the gate, which finds the next permitted moment. One that was given up
 * is an operator's to send anew, and he may have done so: another try of it could arrive beside his.
 */
function decideExpired(row: OutboxRow, messageId: string | null): ItemMove | null {
  if (row.status !== 'sending' && row.status !== 'sent' && row.status !== 'unknown') return null;
  const isGivenUp = (row.status === 'unknown' && row.expiresAt != null) || (row.resends ?? 0) > 0;
  if (isGivenUp) {
    const providerMessageId = messageId ?? row.providerMessageId ?? null;
    return { status: 'failed', reason: 'expired', providerMessageId };
  }
  return { status: 'pending', reason: 'expired', providerMessageId: null, voidMessageId: messageId };
}

function rankOf(row: OutboxRow): number {
  switch (row.status) {
    case 'pending':
    case 'sending':
    case 'unknown':
      return 0;
    case 'sent':
      return 1;
    case 'delivered':
      return row.reason === 'complained' ? 3 : 2;
    case 'failed':
    case 'suppressed':
    case 'cancelled':
      return 3;
  }
}

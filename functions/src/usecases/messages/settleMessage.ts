import { decideOutcome } from '../../domain/messages/decideOutcome';
import { outboxRowSchema } from '../../domain/messages/outboxRow';
import { type SendOutcome } from '../../domain/messages/sendOutcome';
import { crashPoint } from '../../platform/crashPoint';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { changeOptOut } from '../changeOptOut';
import { contactSetting } from '../contact/contactSetting';
import { optOutOf, optOutRefs } from '../contact/optOutRefs';
import { type Deps } from '../deps';
import { markUnreachable } from '../markUnreachable';
import { moveOutboxItem } from '../moveOutboxItem';
import { recipientHashOf } from '../recipientHashOf';
import { type ClaimedMessage } from './claimMessage';

/**
 * Writes down what became of a claimed message, and what the provider says of its address. A claim that is not ours
 * any more changes nothing; one that a callback has settled first only learns the provider's id.
 */
export async function settleMessage(
  deps: Deps,
  claimed: ClaimedMessage,
  outcome: SendOutcome,
): Promise<void> {
  const { ref, attemptId, message } = claimed;
  const fraction = deps.random.fraction();
  await retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    const noes = message.channel === 'sms' ? optOutRefs(deps, await contactSetting(deps), message.to) : [];
    await unit.read(ref, ...noes);
    const row = decode(outboxRowSchema, unit.snapshot(ref));
    if (row?.attemptId !== attemptId) return;
    const now = deps.clock.now();
    // `unknown` under our claim: its lease ran out before the answer came, and nobody has settled it yet.
    const isOpen = row.status === 'sending' || (row.status === 'unknown' && row.expiresAt == null);
    if (isOpen) {
      await moveOutboxItem(deps, unit, ref, row, decideOutcome(outcome, row.attempts, now, fraction));
      await noteAddress(deps, unit, claimed, outcome);
    }
    const learnt = !isOpen && outcome.kind === 'accepted' && row.providerMessageId == null;
    if (learnt) unit.update(ref, { providerMessageId: outcome.messageId, updatedAt: now });
    // The "no" came while the message was on its way: it could not be held back, and it is not repeated.
    const inFlight = optOutOf(unit, noes)?.status === 'opted_out';
    if (inFlight) unit.update(ref, { inFlightAtOptOut: true });
    if (!isOpen && !learnt && !inFlight) return;
    crashPoint('send.before-settle');
    await unit.commit();
    crashPoint('send.after-settle');
  });
}

/** The carrier knows of a STOP that we have not heard of, or the number takes no text messages. */
async function noteAddress(
  deps: Deps,
  unit: UnitOfWork,
  { ref, message }: ClaimedMessage,
  outcome: SendOutcome,
): Promise<void> {
  if (outcome.kind !== 'refused' || outcome.address === null) return;
  if (outcome.address === 'opted_out') {
    await changeOptOut(deps, unit, {
      phone: message.to,
      action: 'opt_out',
      method: 'carrier',
      messageSid: null,
      auditId: `carrier_${ref.id}`,
    });
  } else {
    const hash = recipientHashOf(deps, message.channel, message.to);
    await markUnreachable(deps, unit, message.channel, hash, outcome.code);
  }
}

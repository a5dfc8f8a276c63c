import { type InboundSms } from '../domain/messages/inboundSms';
import { type ReplyKind } from '../domain/optOut/classifyReply';
import { intentOf } from '../domain/optOut/intentOf';
import { type ClaimResult, eventKey, processOnce } from '../store/claim';
import { collections } from '../store/collections';
import { isOpenFailure } from '../store/isOpenFailure';
import { receivedAtOf } from '../store/receivedAtOf';
import { type UnitOfWork } from '../store/unitOfWork';
import { cancelMessagesTo } from './cancelMessagesTo';
import { changeOptOut } from './changeOptOut';
import { contactSetting } from './contact/contactSetting';
import { optOutOf, optOutRefs } from './contact/optOutRefs';
import { type Deps } from './deps';
import { keepReply } from './keepReply';
import { recipientHashesOf } from './recipientHashOf';
import { requireE164 } from './requireE164';

/** How we came to know of a message: Twilio told us, or we found it in Twilio's list, sent at that time. */
export type InboundOrigin =
  { readonly via: 'webhook' } | { readonly via: 'reconciliation'; readonly sentAt: Date };

type InboundDeps = Pick<Deps, 'db' | 'clock' | 'random' | 'config'>;

/** Twilio lists messages by the second: one may have been sent at any moment of it. */
const REST_OF_SECOND_MS = 999;

/**
 * Applies a message to our number exactly once: an opt-out, an opt-in, or a reply that is kept. The audit row of an
 * opt-out or opt-in, and a kept YES, never expire, so that a message which comes back after its claim has expired
 * still changes nothing.
 *
 * Outcomes: `opted_out`, `opted_in`, `superseded` (the opposite has been said since), `help`, `reply`, `repeated`.
 *
 * @returns null for what is found by reconciliation and is not its business: a START is only taken from Twilio itself,
 *   and what a webhook has brought and is tried again is left to that, unless it is a STOP
 * @throws PermanentFailure `unusable_number`
 */
export async function applyInboundSms(
  deps: InboundDeps,
  attemptId: string,
  sms: InboundSms,
  origin: InboundOrigin,
): Promise<ClaimResult | null> {
  const phone = requireE164(sms.from);
  const event = { source: 'twilio' as const, eventId: sms.messageSid, eventType: 'sms_reply' };
  const result = await processOnce(deps, event, attemptId, async (unit) => {
    const failedRef = collections.failedWebhook(deps.db, eventKey(event));
    const refs = [
      collections.smsOptOutAudit(deps.db, sms.messageSid),
      collections.smsReply(deps.db, sms.messageSid),
    ];
    await unit.read(failedRef, ...refs, ...optOutRefs(deps, await contactSetting(deps), phone));
    if (refs.some((ref) => unit.snapshot(ref).exists)) return { outcome: 'repeated' };
    const intent = intentOf(sms);
    // Only the webhook has Twilio's own word for it, and only from there a YES may opt in.
    if (origin.via === 'reconciliation' && intent !== 'stop' && isOpenFailure(unit.snapshot(failedRef)))
      return null;
    const saidAt =
      origin.via === 'reconciliation'
        ? new Date(origin.sentAt.getTime() + REST_OF_SECOND_MS)
        : (receivedAtOf(unit.snapshot(failedRef)) ?? deps.clock.now());
    const outcome = await takeIn(deps, unit, { sms, intent, origin, saidAt });
    return outcome === null ? null : { outcome };
  });
  if (result?.duplicate === false && result.outcome === 'opted_out') {
    // The gate keeps its word without this; nothing that fails here may fail the answer.
    await cancelMessagesTo(deps, recipientHashesOf(deps, 'sms', phone), { reason: 'opted_out' });
  }
  return result;
}

interface Inbound {
  readonly sms: InboundSms;
  readonly intent: ReplyKind;
  readonly origin: InboundOrigin;
  readonly saidAt: Date;
}

async function takeIn(deps: InboundDeps, unit: UnitOfWork, inbound: Inbound): Promise<string | null> {
  const { sms, intent, origin, saidAt } = inbound;
  const fromTwilio = origin.via === 'webhook';
  switch (intent) {
    case 'stop':
      return change(deps, unit, inbound, 'opt_out');
    case 'start':
      return fromTwilio ? change(deps, unit, inbound, 'opt_in') : null;
    case 'help':
      return fromTwilio ? 'help' : null;
    case 'yes':
      if (fromTwilio && (await isOptedOut(deps, unit, sms.from)))
        return change(deps, unit, inbound, 'opt_in');
      // For ever: said by somebody who was not opted out, it must never become an opt-in.
      await keepReply(deps, unit, sms, { receivedAt: saidAt, forEver: true });
      return 'reply';
    case 'reply':
      await keepReply(deps, unit, sms, { receivedAt: saidAt, forEver: false });
      return 'reply';
  }
}

async function change(
  deps: InboundDeps,
  unit: UnitOfWork,
  { sms, saidAt }: Inbound,
  action: 'opt_out' | 'opt_in',
): Promise<string> {
  const result = await changeOptOut(deps, unit, {
    phone: sms.from,
    action,
    method: 'sms_reply',
    messageSid: sms.messageSid,
    auditId: sms.messageSid,
    saidAt,
  });
  if (result !== 'changed') return result;
  return action === 'opt_out' ? 'opted_out' : 'opted_in';
}

async function isOptedOut(deps: InboundDeps, unit: UnitOfWork, phone: string): Promise<boolean> {
  const refs = optOutRefs(deps, await contactSetting(deps), phone);
  await unit.read(...refs);
  return optOutOf(unit, refs)?.status === 'opted_out';
}

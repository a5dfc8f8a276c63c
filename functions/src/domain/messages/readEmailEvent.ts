import { type DeliveryReport } from './deliveryReport';
import { type EmailEvent } from './emailEvent';
import { type SuppressionReason } from './suppression';

/** What an event of SendGrid's means for us. */
export interface EmailEventMeaning {
  /** Null: nothing about where the message is. */
  readonly report: DeliveryReport | null;
  /** The address must not be written to any more. */
  readonly suppress: SuppressionReason | null;
  /** The address does not work: the freelancer is told, and a reminder tries another way. */
  readonly addressBroken: boolean;
  /** It did not arrive, and not because of the address: somebody of ours has to look. */
  readonly alert: boolean;
}

const NOTHING: EmailEventMeaning = { report: null, suppress: null, addressBroken: false, alert: false };

/** Drops that say something of the address; any other one is about us. */
const DROPS: readonly (readonly [RegExp, SuppressionReason, string])[] = [
  [/^bounced/i, 'bounce', 'bounced_address'],
  [/^unsubscribed/i, 'unsubscribe', 'unsubscribed_address'],
  [/^spam reporting/i, 'complaint', 'spam_reporting_address'],
  // "Invalid SMTPAPI header" is our fault and not the address's.
  [/^invalid(?! smtpapi)/i, 'bounce', 'invalid_address'],
];

/** Reads one event. Kinds that we do not know, opens and clicks say nothing. */
export function readEmailEvent(event: EmailEvent): EmailEventMeaning {
  const messageId = messageIdOf(event);
  switch (event.event) {
    // It is at SendGrid, so it was sent, if we were not sure of that.
    case 'processed':
    case 'deferred':
      return { ...NOTHING, report: { kind: 'sent', messageId } };
    case 'delivered':
      return { ...NOTHING, report: { kind: 'delivered', messageId } };
    case 'bounce':
      if (event.type === 'blocked') {
        return { ...NOTHING, report: { kind: 'failed', messageId, code: 'blocked' }, alert: true };
      }
      return {
        report: { kind: 'bounced', messageId, code: 'bounce' },
        suppress: 'bounce',
        addressBroken: true,
        alert: false,
      };
    case 'dropped':
      return dropped(messageId, event.reason ?? '');
    case 'spamreport':
      return { ...NOTHING, report: { kind: 'complained', messageId }, suppress: 'complaint' };
    case 'unsubscribe':
    case 'group_unsubscribe':
      return { ...NOTHING, suppress: 'unsubscribe' };
    default:
      return NOTHING;
  }
}

function dropped(messageId: string | null, why: string): EmailEventMeaning {
  const [, suppress, code] = DROPS.find(([pattern]) => pattern.test(why.trim())) ?? [];
  if (suppress === undefined || code === undefined) {
    return { ...NOTHING, report: { kind: 'failed', messageId, code: 'dropped' }, alert: true };
  }
  const report = { kind: 'failed' as const, messageId, code };
  return { report, suppress, addressBroken: suppress === 'bounce', alert: false };
}

/** The id that SendGrid answered with when it took the message: what stands before the first full stop. */
function messageIdOf({ sg_message_id: id }: EmailEvent): string | null {
  const [messageId = ''] = (id ?? '').split('.');
  return messageId === '' ? null : messageId;
}

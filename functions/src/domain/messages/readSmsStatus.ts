import { type DeliveryReport } from './deliveryReport';
import { type SmsStatus } from './smsStatus';

/** What a status of Twilio's means for us. */
export interface SmsStatusMeaning {
  /** Null: nothing that is not known already. */
  readonly report: DeliveryReport | null;
  /** What it says of the number: it has said no at the carrier's, or can not take text messages. */
  readonly number: 'opted_out' | 'unreachable' | null;
}

/** Its validity ran out before the carriers delivered it. */
const EXPIRED = '30036';
/** The recipient has said STOP to this sender. */
const OPTED_OUT = '21610';
/** Not a number, not one for text messages, unknown to the network, a landline. */
const UNREACHABLE = new Set(['21211', '21614', '30005', '30006']);

/** Reads a status callback. Words that are not final, and ones that we do not know, say nothing new. */
export function readSmsStatus({ messageSid, messageStatus, errorCode }: SmsStatus): SmsStatusMeaning {
  const messageId = messageSid;
  switch (messageStatus) {
    case 'sent':
      return { report: { kind: 'sent', messageId }, number: null };
    case 'delivered':
    case 'read':
      return { report: { kind: 'delivered', messageId }, number: null };
    case 'undelivered':
    case 'failed':
      if (errorCode === EXPIRED) return { report: { kind: 'expired', messageId }, number: null };
      return {
        report: { kind: 'failed', messageId, code: errorCode ?? messageStatus },
        number: aboutNumber(errorCode),
      };
    default:
      return { report: null, number: null };
  }
}

function aboutNumber(errorCode: string | null): SmsStatusMeaning['number'] {
  if (errorCode === OPTED_OUT) return 'opted_out';
  return errorCode !== null && UNREACHABLE.has(errorCode) ? 'unreachable' : null;
}

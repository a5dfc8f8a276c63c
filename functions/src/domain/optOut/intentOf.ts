import { type InboundSms } from '../messages/inboundSms';
import { classifyReply, type ReplyKind } from './classifyReply';

/** What a message asks for. Twilio's own word counts as well, for its list of words is the account's to change. */
export function intentOf(sms: Pick<InboundSms, 'body' | 'optOutType'>): ReplyKind {
  const kind = classifyReply(sms.body);
  // Whoever says no, says no, whatever else was read from it.
  if (kind === 'stop') return kind;
  switch (sms.optOutType) {
    case 'STOP':
      return 'stop';
    case 'START':
      return 'start';
    case 'HELP':
      return 'help';
    case null:
      return kind;
  }
}

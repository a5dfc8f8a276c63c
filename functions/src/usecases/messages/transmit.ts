import { type SendOutcome } from '../../domain/messages/sendOutcome';
import { type Deps } from '../deps';
import { type ClaimedMessage } from './claimMessage';

/** Gives a claimed message to its provider, once. Our id goes with it, so that every callback finds the item. */
export async function transmit(deps: Deps, claimed: ClaimedMessage): Promise<SendOutcome> {
  const { message, ref, validitySeconds } = claimed;
  if (message.channel === 'sms') {
    return deps.sms.send({
      to: message.to,
      body: message.body,
      validitySeconds,
      statusCallback: `${deps.config.publicBaseUrl}/api/webhooks/twilio/sms-status?o=${encodeURIComponent(ref.id)}`,
    });
  }
  return deps.email.send({ to: message.to, ...message.email, headers: message.headers, outboxId: ref.id });
}

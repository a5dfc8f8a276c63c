import { type SendOutcome } from '../../domain/messages/sendOutcome';
import { BEGIN_LIMIT_MS } from '../../providers/sendLimit';
import { type Deps } from '../deps';
import { type ClaimedMessage } from './claimMessage';

/**
 * Gives a claimed message to its provider, once, if the claim is still fresh. Our id goes with it, so that every
 * callback finds the item.
 */
export async function transmit(
  deps: Pick<Deps, 'clock' | 'config' | 'sms' | 'email'>,
  claimed: Omit<ClaimedMessage, 'attemptId'>,
): Promise<SendOutcome> {
  const { message, ref, validitySeconds, claimedAt } = claimed;
  if (deps.clock.now().getTime() - claimedAt.getTime() > BEGIN_LIMIT_MS)
    return { kind: 'retryable', code: 'claim_too_old' };
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

import { type ItemMove } from './itemMove';
import { type SendOutcome } from './sendOutcome';
import { MOST_SEND_ATTEMPTS, sendRetryDelayMs } from './sendPolicy';

/**
 * What a provider's answer makes of the item that was sent. Only what surely was not sent is tried again; what may have
 * been sent is `unknown`, and stays so until somebody who knows says otherwise.
 *
 * @param attempts tries so far, this one included
 * @param fraction chance in [0, 1), for the pause before the next try
 */
export function decideOutcome(outcome: SendOutcome, attempts: number, now: Date, fraction: number): ItemMove {
  switch (outcome.kind) {
    case 'accepted':
      return { status: 'sent', reason: null, providerMessageId: outcome.messageId };
    case 'unknown':
      return { status: 'unknown', reason: outcome.code };
    case 'refused':
      return outcome.address === 'opted_out'
        ? { status: 'suppressed', reason: 'opted_out' }
        : { status: 'failed', reason: outcome.code };
    case 'retryable':
      if (attempts >= MOST_SEND_ATTEMPTS) return { status: 'failed', reason: outcome.code };
      return {
        status: 'pending',
        reason: outcome.code,
        notBefore: new Date(now.getTime() + sendRetryDelayMs(attempts, fraction)),
      };
  }
}

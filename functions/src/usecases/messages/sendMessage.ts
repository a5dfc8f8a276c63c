import { crashPoint } from '../../platform/crashPoint';
import { log } from '../../platform/log';
import { type Deps } from '../deps';
import { claimMessage } from './claimMessage';
import { settleMessage } from './settleMessage';
import { transmit } from './transmit';

/**
 * Sends one message of the outbox, if it is to be sent now: claim, send, settle. Asked twice, or by two at once, it is
 * sent once. A process that dies between claim and settlement leaves a claim that runs out and becomes `unknown`.
 *
 * @throws RecoupError when the store can not be reached
 */
export async function sendMessage(deps: Deps, outboxId: string): Promise<void> {
  const result = await claimMessage(deps, outboxId);
  if (result.kind === 'nothing_to_do') return;
  if (result.kind !== 'claimed') {
    log.messageHandled({ outboxId, outcome: result.kind, reason: result.reason });
    return;
  }
  const { claimed } = result;
  const outcome = await transmit(deps, claimed);
  crashPoint('send.after-provider');
  await settleMessage(deps, claimed, outcome);
  const reason = outcome.kind === 'accepted' ? null : outcome.code;
  log.messageHandled({ outboxId, outcome: outcome.kind, reason });
}

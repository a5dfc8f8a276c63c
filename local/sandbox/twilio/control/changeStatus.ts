import { z } from 'zod';
import { ControlError } from '../../controlError';
import { deliveries } from '../../deliveries';
import { parseControl } from '../../parseControl';
import { buildMessage } from '../buildMessage';
import { postStatus } from '../carrier/postStatus';
import { setStatus } from '../carrier/setStatus';
import { setting } from '../../settings';
import { MESSAGE_STATUSES } from '../message';
import { type TwilioContext } from '../twilioContext';

const statusSchema = z.strictObject({
  status: z.enum(MESSAGE_STATUSES),
  errorCode: z.number().int().min(10_000).max(99_999).optional(),
  deliveries,
  /** Which of the auth tokens signs. */
  secretIndex: z.number().int().min(0).default(0),
});

/**
 * POST /_sandbox/twilio/messages/{sid}/status: the carrier reports. The status is kept, whatever it was before, and
 * posted to the message's callback, if it has one.
 * @throws ControlError for an unknown message (404) or when no webhook URL is configured (409).
 */
export async function changeStatus(context: TwilioContext, sid: string, body: unknown): Promise<unknown> {
  const wish = parseControl(statusSchema, body);
  const message = context.store.get(sid);
  if (message?.direction !== 'outbound-api') throw new ControlError(`No message ${sid} of ours.`, 404);
  if (wish.deliveries > 0 && message.statusCallback !== null && context.statusTarget() === undefined) {
    throw new ControlError('No webhook URL for Twilio statuses is configured.', 409);
  }
  const errorCode = wish.errorCode ?? null;
  setStatus(message, wish.status, errorCode, context.now());
  const results = await Promise.all(
    Array.from({ length: wish.deliveries }, () =>
      postStatus(context, message, wish.status, errorCode, wish.secretIndex),
    ),
  );
  return {
    message: buildMessage(message, setting('TWILIO_ACCOUNT_SID')),
    deliveries: results.filter((result) => result !== undefined),
  };
}

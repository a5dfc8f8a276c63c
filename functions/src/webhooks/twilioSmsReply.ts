import { type Request } from 'firebase-functions/v2/https';
import type { Response } from 'express';
import { readTwilioForm } from '../providers/twilio/twilioForm';
import { incomingSms } from '../usecases/incomingSms';
import { receiveEvent } from '../usecases/receiveEvent';
import { answerWebhook, answerWillRetry } from './answerWebhook';
import { EMPTY_TWIML, twimlFor } from './twiml';
import { verifiedTwilioBody } from './twilioRequest';

const PATH = '/api/webhooks/twilio/sms-reply';

/**
 * `POST /api/webhooks/twilio/sms-reply`: what people answer. A duplicate is answered with nothing to send, so that
 * five deliveries of one STOP are confirmed once.
 */
export function handleTwilioSmsReply(request: Request, response: Response): Promise<void> {
  return answerWebhook('twilio', request, response, async (deps) => {
    const rawBody = await verifiedTwilioBody(deps, request, PATH);
    const receipt = await receiveEvent(deps, incomingSms(deps, rawBody));
    if (receipt.kind === 'will_retry') {
      answerWillRetry(response);
      return;
    }
    // With OptOutType Twilio says that it has answered already.
    const isOurs = receipt.kind === 'applied' && !receipt.duplicate && !hasOptOutType(rawBody);
    response
      .status(200)
      .type('text/xml')
      .send(isOurs ? twimlFor(receipt.outcome) : EMPTY_TWIML);
  });
}

function hasOptOutType(rawBody: Uint8Array): boolean {
  return readTwilioForm(rawBody)['OptOutType'] !== undefined;
}

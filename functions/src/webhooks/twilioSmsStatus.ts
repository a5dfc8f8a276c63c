import { type Request } from 'firebase-functions/v2/https';
import type { Response } from 'express';
import { isDocumentId } from '../domain/documentId';
import { incomingSmsStatus } from '../usecases/incomingSmsStatus';
import { receiveEvent } from '../usecases/receiveEvent';
import { answerWebhook, answerWillRetry } from './answerWebhook';
import { queryOf, verifiedTwilioBody } from './twilioRequest';

const PATH = '/api/webhooks/twilio/sms-status';

/**
 * `POST /api/webhooks/twilio/sms-status?o={outbox id}`: what becomes of our text messages. The item is named by the
 * signed URL, so that a status which comes before Twilio's own answer was stored finds it all the same.
 */
export function handleTwilioSmsStatus(request: Request, response: Response): Promise<void> {
  return answerWebhook('twilio', request, response, async (deps) => {
    const rawBody = await verifiedTwilioBody(deps, request, PATH);
    const named = new URLSearchParams(queryOf(request)).get('o');
    const outboxId = isDocumentId(named) ? named : null;
    const receipt = await receiveEvent(deps, incomingSmsStatus(deps, rawBody, outboxId));
    if (receipt.kind === 'will_retry') answerWillRetry(response);
    else response.status(204).end();
  });
}

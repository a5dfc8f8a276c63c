import { type Request } from 'firebase-functions/v2/https';
import type { Response } from 'express';
import { secretOf } from '../platform/config';
import { verifyStripeSignature } from '../providers/stripe/verifyStripeSignature';
import { incomingStripeEvent } from '../usecases/incomingStripeEvent';
import { receiveEvent } from '../usecases/receiveEvent';
import { answerWebhook, answerWillRetry } from './answerWebhook';
import { rawBodyOf } from './rawBodyOf';

/** Stripe's events are some kilobytes; the bytes of a failed one must fit the store. */
const LIMITS = { mostBytes: 1024 * 1024, contentType: 'application/json' } as const;

/** `POST /api/webhook/stripe`: verified bytes in; applied, or durably recorded, before the answer. */
export function handleStripeWebhook(request: Request, response: Response): Promise<void> {
  return answerWebhook('stripe', request, response, async (deps) => {
    const rawBody = rawBodyOf(request, LIMITS);
    const secrets = secretOf(deps.config, 'stripeWebhookSecrets');
    await verifyStripeSignature(rawBody, request.get('stripe-signature'), secrets);
    const receipt = await receiveEvent(deps, incomingStripeEvent(deps, rawBody));
    if (receipt.kind === 'will_retry') {
      answerWillRetry(response);
      return;
    }
    response.status(200).json({ received: true, duplicate: receipt.kind === 'applied' && receipt.duplicate });
  });
}

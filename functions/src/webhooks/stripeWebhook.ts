import { type Request } from 'firebase-functions/v2/https';
import type { Response } from 'express';
import { secretOf } from '../platform/config';
import { asRecoupError, BadInputError, TooLargeError } from '../platform/errors';
import { log } from '../platform/log';
import { verifyStripeSignature } from '../providers/stripe/verifyStripeSignature';
import { receiveStripeEvent } from '../usecases/receiveStripeEvent';
import { deps } from '../wire/deps';

/** Largest body that we take. Stripe's events are some kilobytes; the bytes of a failed one must fit the store. */
const MOST_BYTES = 1024 * 1024;

/** `POST /api/webhook/stripe`: verified bytes in; applied, or durably recorded, before the answer. */
export async function handleStripeWebhook(request: Request, response: Response): Promise<void> {
  if (request.method !== 'POST') {
    response.set('Allow', 'POST').status(405).json({ error: 'Use POST.' });
    return;
  }
  try {
    const { config, ...rest } = await deps();
    const rawBody = usableBody(request);
    await verifyStripeSignature(
      rawBody,
      request.get('stripe-signature'),
      secretOf(config, 'stripeWebhookSecrets'),
    );
    const receipt = await receiveStripeEvent({ config, ...rest }, rawBody);
    if (receipt.kind === 'will_retry') {
      response.status(500).json({ error: 'Not applied yet; recorded for a retry.' });
      return;
    }
    response.status(200).json({ received: true, duplicate: receipt.kind === 'applied' && receipt.duplicate });
  } catch (thrown) {
    const error = asRecoupError(thrown);
    // A failure that was recorded never comes here; whatever was verified and is not recorded must not look done.
    const status = error.httpStatus === 200 ? 500 : error.httpStatus;
    log.webhookRejected({ source: 'stripe', reason: error.code, status, cause: thrown });
    response.status(status).json({ error: error.publicMessage });
  }
}

/** The exact bytes that were signed. The platform keeps them beside the parsed body. */
function usableBody(request: Request): Uint8Array {
  const rawBody: unknown = request.rawBody;
  if (!(rawBody instanceof Uint8Array) || rawBody.length === 0) throw new BadInputError('The body is empty.');
  if (rawBody.length > MOST_BYTES) throw new TooLargeError('The body is larger than 1 MiB.');
  if (request.is('application/json') !== 'application/json') {
    throw new BadInputError('The content type must be application/json.');
  }
  return rawBody;
}

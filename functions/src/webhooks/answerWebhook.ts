import { type Request } from 'firebase-functions/v2/https';
import type { Response } from 'express';
import { type FailedWebhook } from '../domain/webhooks/failedWebhook';
import { asRecoupError } from '../platform/errors';
import { log } from '../platform/log';
import { type Deps } from '../usecases/deps';
import { deps } from '../wire/deps';

/**
 * The common part of every webhook: POST alone, and what a refusal or a failure is answered with.
 *
 * @param run verifies, takes in, and answers
 */
export async function answerWebhook(
  source: FailedWebhook['source'],
  request: Request,
  response: Response,
  run: (deps: Deps) => Promise<void>,
): Promise<void> {
  if (request.method !== 'POST') {
    response.set('Allow', 'POST').status(405).json({ error: 'Use POST.' });
    return;
  }
  try {
    await run(await deps());
  } catch (thrown) {
    const error = asRecoupError(thrown);
    // A failure that was recorded never comes here; whatever was verified and is not recorded must not look done.
    const status = error.httpStatus === 200 ? 500 : error.httpStatus;
    log.webhookRejected({ source, reason: error.code, status, cause: thrown });
    response.status(status).json({ error: error.publicMessage });
  }
}

/** What a delivery is answered with that failed for now and was recorded. */
export function answerWillRetry(response: Response): void {
  response.status(500).json({ error: 'Not applied yet; recorded for a retry.' });
}

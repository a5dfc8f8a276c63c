import { type Request } from 'firebase-functions/v2/https';
import type { Response } from 'express';
import { asRecoupError } from '../platform/errors';
import { log } from '../platform/log';
import { SingleFlight } from '../platform/singleFlight';
import { revision, VERSION } from '../platform/version';
import { checkHealth, type Health } from '../usecases/health/checkHealth';
import { deps } from '../wire/deps';

/** Whoever asks while Firestore is being asked gets the same answer: a crowd costs one read. */
const looks = new SingleFlight<Health>();

/**
 * `GET /api/health`: 200 when we can work, else 503, with what does not answer. Nothing is written, and neither a
 * setting nor the text of an error is in it.
 */
export async function handleHealth(request: Request, response: Response): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.set('Allow', 'GET, HEAD').status(405).json({ error: 'Use GET.' });
    return;
  }
  const { result: checks } = await looks.run('', () =>
    checkHealth(deps, (cause) =>
      log.callFailed({ functionName: 'health', code: asRecoupError(cause).code, cause }),
    ),
  );
  const isWell = Object.values(checks).every((result) => result === 'ok');
  response
    .status(isWell ? 200 : 503)
    .set('Cache-Control', 'no-store')
    .json({ status: isWell ? 'ok' : 'unavailable', version: VERSION, revision: revision(), checks });
}

import { type Request } from 'firebase-functions/v2/https';
import { secretOf } from '../platform/config';
import { readTwilioForm } from '../providers/twilio/twilioForm';
import { verifyTwilioSignature } from '../providers/twilio/verifyTwilioSignature';
import { type Deps } from '../usecases/deps';
import { rawBodyOf } from './rawBodyOf';

/** A message is 1,600 characters at most, and its form has some dozens of fields. */
const LIMITS = { mostBytes: 64 * 1024, contentType: 'application/x-www-form-urlencoded' } as const;

/**
 * The bytes of a request that Twilio signed.
 *
 * The signature is of the public address that Twilio was given: PUBLIC_BASE_URL and the Hosting path are ours, only
 * the query is the request's. What a proxy says of host and scheme is not looked at.
 *
 * @param path the webhook's path on Hosting
 * @throws BadSignatureError, BadInputError, TooLargeError
 */
export async function verifiedTwilioBody(deps: Deps, request: Request, path: string): Promise<Uint8Array> {
  const rawBody = rawBodyOf(request, LIMITS);
  const url = `${deps.config.publicBaseUrl}${path}${queryOf(request)}`;
  const tokens = secretOf(deps.config, 'twilioAuthTokens');
  await verifyTwilioSignature(url, readTwilioForm(rawBody), request.get('x-twilio-signature'), tokens);
  return rawBody;
}

/** The query of the request with its question mark, in the very characters that were signed; '' when it has none. */
export function queryOf(request: Request): string {
  const start = request.originalUrl.indexOf('?');
  return start === -1 ? '' : request.originalUrl.slice(start);
}

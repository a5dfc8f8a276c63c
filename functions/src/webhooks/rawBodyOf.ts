import { type Request } from 'firebase-functions/v2/https';
import { BadInputError, TooLargeError } from '../platform/errors';

export interface BodyLimits {
  readonly mostBytes: number;
  /** The one that this provider sends. */
  readonly contentType: 'application/json' | 'application/x-www-form-urlencoded';
}

/**
 * The exact bytes that were signed. The platform keeps them beside the parsed body.
 *
 * @throws BadInputError when there are none, or not of that type; TooLargeError
 */
export function rawBodyOf(request: Request, { mostBytes, contentType }: BodyLimits): Uint8Array {
  const rawBody: unknown = request.rawBody;
  if (!(rawBody instanceof Uint8Array) || rawBody.length === 0) throw new BadInputError('The body is empty.');
  if (rawBody.length > mostBytes) {
    const limit = mostBytes >= 1024 * 1024 ? `${mostBytes / 1024 / 1024} MiB` : `${mostBytes / 1024} KiB`;
    throw new TooLargeError(`The body is larger than ${limit}.`);
  }
  if (request.is(contentType) !== contentType) {
    throw new BadInputError(`The content type must be ${contentType}.`);
  }
  return rawBody;
}

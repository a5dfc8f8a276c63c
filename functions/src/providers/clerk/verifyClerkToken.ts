import { createPublicKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import * as z from 'zod';
import { isDocumentId } from '../../domain/documentId';

/** How session tokens of our Clerk instance are known. */
export interface ClerkTokens {
  /** Clerk's Frontend API URL, which stands in `iss`. */
  readonly issuer: string;
  /** RSA public keys, PEM or the base64 between its lines; while a key is being rolled there are two. */
  readonly keys: readonly string[];
  /** Origins of our own web clients, which stand in `azp`; none: any. */
  readonly authorizedParties: readonly string[];
}

/** One algorithm, so that nobody chooses another one for us. */
const ALGORITHM = 'RS256';

/** Seconds by which our clock and Clerk's may differ: a session token lives for 60. */
const TOLERANCE_SECONDS = 5;

/** Clerk's are about a thousand characters long, more with claims of one's own. */
const LONGEST = 10_000;

const payloadSchema = z.object({
  sub: z.string().refine(isDocumentId),
  exp: z.number(),
  azp: z.string().nullish(),
  /** `pending`: signed in, but with something left to do, such as a second factor. */
  sts: z.string().nullish(),
});

/**
 * The user whom a session token of Clerk names, if one of the keys signed it, it is of our instance and our web client, and
 * holds now. Null for whatever is wrong with it.
 *
 * @throws Error when a key of the configuration is none
 */
export function verifyClerkToken(settings: ClerkTokens, token: string, now: Date): string | null {
  if (token.length > LONGEST) return null;
  for (const key of settings.keys.map(publicKey)) {
    const payload = payloadOf(settings.issuer, token, key, now);
    if (payload !== null) return isForUs(settings, payload) ? payload.sub : null;
  }
  return null;
}

function isForUs(
  { authorizedParties }: ClerkTokens,
  { azp, sts }: Pick<z.infer<typeof payloadSchema>, 'azp' | 'sts'>,
): boolean {
  if (sts === 'pending') return false;
  return authorizedParties.length === 0 || (azp != null && authorizedParties.includes(azp));
}

function payloadOf(
  issuer: string,
  token: string,
  key: KeyObject,
  now: Date,
): z.infer<typeof payloadSchema> | null {
  try {
    const verified = jwt.verify(token, key, {
      algorithms: [ALGORITHM],
      issuer,
      clockTimestamp: Math.floor(now.getTime() / 1000),
      clockTolerance: TOLERANCE_SECONDS,
    });
    // A token without an end is none: `verify` only looks at the ends that there are.
    return payloadSchema.safeParse(verified).data ?? null;
  } catch {
    return null;
  }
}

/** Settings are one line: the lines of a PEM may come as `\n` in two characters, or not at all. */
function publicKey(text: string): KeyObject {
  const der = text.replace(/-----[^-]+-----|\\n|\s/g, '');
  return createPublicKey({ key: Buffer.from(der, 'base64'), format: 'der', type: 'spki' });
}

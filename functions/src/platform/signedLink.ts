import { sign, verify } from 'jsonwebtoken';
import { z } from 'zod';

/** What a link may be used for, and for nothing else. */
export type LinkPurpose = 'unsubscribe' | 'consent';

export interface LinkFacts {
  readonly purpose: LinkPurpose;
  /** Keyed hash of the address that it was sent to. */
  readonly subject: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly invoiceId?: string | undefined;
}

const claimsSchema = z.object({ sub: z.string().min(1), i: z.string().optional() });

const seconds = (instant: Date): number => Math.floor(instant.getTime() / 1000);

/**
 * A token for a link in a message: names its purpose and the hash of the address, never the address. The same facts
 * give the same token, so that a message that is written twice is the same message.
 *
 * @param keys the first one signs
 */
export function signLink(keys: readonly string[], facts: LinkFacts): string {
  const [key] = keys;
  if (key === undefined) throw new Error('there is no key to sign links with');
  const payload = {
    sub: facts.subject,
    aud: facts.purpose,
    iat: seconds(facts.issuedAt),
    exp: seconds(facts.expiresAt),
    ...(facts.invoiceId === undefined ? {} : { i: facts.invoiceId }),
  };
  return sign(payload, key, { algorithm: 'HS256' });
}

/**
 * What a link says, if any of the keys signed it for this purpose and it has not expired; else null, whatever is wrong.
 */
export function verifyLink(
  keys: readonly string[],
  token: string,
  purpose: LinkPurpose,
  now: Date,
): { readonly subject: string; readonly invoiceId: string | null } | null {
  for (const key of keys) {
    try {
      const claims = verify(token, key, {
        algorithms: ['HS256'],
        audience: purpose,
        clockTimestamp: seconds(now),
      });
      const { sub, i } = claimsSchema.parse(claims);
      return { subject: sub, invoiceId: i ?? null };
    } catch {
      // Another key may have signed it; why this one did not is nobody's business.
    }
  }
  return null;
}

import jwt from 'jsonwebtoken';
import * as z from 'zod';

/** What a link is for. One that was made for something else opens nothing here. */
export type LinkPurpose = 'unsubscribe' | 'consent';

export interface LinkToSign {
  readonly purpose: LinkPurpose;
  /** The keyed hash of the address that the link was sent to; never the address. */
  readonly subject: string;
  /** Whole seconds count. Of the message that the link is in, so that the same message has the same link. */
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly invoiceId?: string | null | undefined;
}

export interface VerifiedLink {
  readonly subject: string;
  readonly invoiceId: string | null;
}

/** One algorithm, so that nobody chooses another one for us. */
const ALGORITHM = 'HS256';

/** Ours are some 300 characters long. */
const LONGEST = 2_000;

const payloadSchema = z.object({
  sub: z.string().min(1),
  exp: z.number(),
  i: z.string().min(1).optional(),
});

/**
 * The token of a link, signed with the first key. The same values give the same token.
 *
 * @throws Error when there is no key
 */
export function signLink(keys: readonly string[], link: LinkToSign): string {
  const [key] = keys;
  if (key === undefined) throw new Error('there is no key to sign links with');
  const { purpose, subject, issuedAt, expiresAt, invoiceId } = link;
  return jwt.sign(
    {
      sub: subject,
      aud: purpose,
      iat: seconds(issuedAt),
      exp: seconds(expiresAt),
      ...(invoiceId == null ? {} : { i: invoiceId }),
    },
    key,
    { algorithm: ALGORITHM },
  );
}

/**
 * What a link says, if one of the keys signed it, for this purpose, and it has not expired. Null for whatever is wrong
 * with it: whoever tries learns nothing.
 */
export function verifyLink(
  keys: readonly string[],
  token: unknown,
  purpose: LinkPurpose,
  now: Date,
): VerifiedLink | null {
  if (typeof token !== 'string' || token.length > LONGEST) return null;
  const options = { algorithms: [ALGORITHM], audience: purpose, clockTimestamp: seconds(now) } as const;
  for (const key of keys) {
    const payload = payloadOf(token, key, options);
    if (payload !== null) return { subject: payload.sub, invoiceId: payload.i ?? null };
  }
  return null;
}

function payloadOf(
  token: string,
  key: string,
  {
    algorithms,
    ...options
  }: { algorithms: readonly [typeof ALGORITHM]; audience: string; clockTimestamp: number },
): z.infer<typeof payloadSchema> | null {
  try {
    const verified = jwt.verify(token, key, { ...options, algorithms: [...algorithms] });
    return payloadSchema.safeParse(verified).data ?? null;
  } catch {
    return null;
  }
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}

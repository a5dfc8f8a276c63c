import { createPrivateKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { localSetting } from './sandboxSettings';

/** The key whose public half the functions have locally, as PEM. */
export const clerkKey = createPrivateKey({
  key: Buffer.from(localSetting('CLERK_JWT_PRIVATE_KEY'), 'base64'),
  format: 'der',
  type: 'pkcs8',
})
  .export({ format: 'pem', type: 'pkcs8' })
  .toString();

export interface TokenFields {
  /** PEM. */
  readonly key?: string;
  readonly algorithm?: jwt.Algorithm;
  readonly claims?: Record<string, unknown>;
  /** Claims that are left out. */
  readonly without?: readonly string[];
}

/** A session token as Clerk's web client gets it: it holds for a minute. */
export function clerkToken(
  sub: string,
  { key = clerkKey, algorithm = 'RS256', claims = {}, without = [] }: TokenFields = {},
): string {
  const now = Math.floor(Date.now() / 1000);
  const all = {
    iss: 'https://clerk.recoup.example',
    azp: 'https://app.recoup.example',
    sid: 'sess_1',
    sub,
    iat: now,
    nbf: now - 10,
    exp: now + 60,
    v: 2,
    ...claims,
  };
  const kept = Object.fromEntries(Object.entries(all).filter(([name]) => !without.includes(name)));
  return jwt.sign(kept, key, { algorithm, keyid: 'ins_1', noTimestamp: true });
}

import { createHmac } from 'node:crypto';
import { signLink, verifyLink } from '../../functions/src/platform/signedLink';

const KEYS = ['a key that signs now', 'a key that signed before'];
const SUBJECT = `v1_${'0'.repeat(64)}`;
const ISSUED = new Date('2026-11-02T09:00:00Z');
const EXPIRES = new Date('2027-05-01T09:00:00Z');
const BEFORE = new Date('2027-05-01T08:59:59Z');
const LINK = { purpose: 'unsubscribe', subject: SUBJECT, issuedAt: ISSUED, expiresAt: EXPIRES } as const;

describe('a signed link', () => {
  const token = signLink(KEYS, { ...LINK, invoiceId: 'inv_1' });
  const verify = (text: unknown, now = BEFORE) => verifyLink(KEYS, text, 'unsubscribe', now);
  /** A token with the right key, but not made by us. */
  function forged(claims: object, alg: 'HS256' | 'HS512' | 'none' = 'HS256'): string {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg, typ: 'JWT' })}.${part({ sub: SUBJECT, aud: 'unsubscribe', ...claims })}`;
    if (alg === 'none') return `${signed}.`;
    const hash = alg === 'HS256' ? 'sha256' : 'sha512';
    return `${signed}.${createHmac(hash, KEYS[0] ?? '')
      .update(signed)
      .digest('base64url')}`;
  }
  const exp = EXPIRES.getTime() / 1000;

  it('is the same for the same message, and says what it was signed for', () => {
    expect(signLink(KEYS, { ...LINK, invoiceId: 'inv_1' })).toBe(token);
    expect(verify(token)).toEqual({ subject: SUBJECT, invoiceId: 'inv_1' });
    expect(verify(signLink(KEYS, LINK))).toEqual({ subject: SUBJECT, invoiceId: null });
    expect(token).toMatch(/^[\w.-]+$/);
  });

  it('is good under any of the keys, and signed with the first', () => {
    expect(verify(signLink([...KEYS].reverse(), LINK))).not.toBeNull();
    expect(verifyLink(KEYS.slice(1), token, 'unsubscribe', BEFORE)).toBeNull();
    expect(() => signLink([], LINK)).toThrow();
  });

  it.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['several', () => [token, token]],
    ['cut short', () => token.slice(0, -1)],
    ['changed', () => token.replace(/\.(.)/, (_, first: string) => `.${first === 'a' ? 'b' : 'a'}`)],
    ['signed by somebody else', () => signLink(['another key'], LINK)],
    ['for another purpose', () => signLink(KEYS, { ...LINK, purpose: 'consent' })],
    ['for no purpose', () => forged({ aud: undefined, exp })],
    ['that never expires', () => forged({})],
    ['of nobody', () => forged({ sub: '', exp })],
    ['under no algorithm', () => forged({ exp }, 'none')],
    ['under another algorithm', () => forged({ exp }, 'HS512')],
    ['of great length', () => `${token}${'a'.repeat(3_000)}`],
  ])('%s is none', (_name, make) => {
    expect(verify(make())).toBeNull();
  });

  it('made by hand with the right key is one: the table above fails for what it says', () => {
    expect(verify(forged({ exp }))).not.toBeNull();
  });

  it('ends when it expires', () => {
    expect(verify(token, EXPIRES)).toBeNull();
    expect(verify(token, new Date('2030-01-01T00:00:00Z'))).toBeNull();
  });
});

import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { callFunction } from '../../support/callFunction';
import { clerkKey, clerkToken, type TokenFields } from '../../support/clerkToken';
import { changesDuring } from '../../support/refusal';
import { localSetting } from '../../support/sandboxSettings';
import { newId } from '../../support/stripeEvents';
import { type Harness, startHarness } from '../../support/webhookHarness';

/** The library signs custom tokens for the Auth emulator by itself: nothing is asked there. */
const EMULATOR = { FIREBASE_AUTH_EMULATOR_HOST: '127.0.0.1:9' };

const anotherKey = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

describe('exchangeClerkToken', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness(EMULATOR, 'exchangeClerkToken');
  });
  afterAll(() => harness.stop());

  const exchange = (token: unknown, served: ServedFunction = harness.webhook) =>
    callFunction(served.origin, { token });
  const ago = (seconds: number): number => Math.floor(Date.now() / 1000) - seconds;

  it('gives none for an account that is closed: its sign-in record is gone, and would be made anew', async () => {
    const { db } = harness;
    const uid = newId('user');
    for (const [status, error] of [
      ['closing', null],
      ['closed', 'FAILED_PRECONDITION'],
    ] as const) {
      await db.doc(`users/${uid}`).set({ status });
      expect([status, (await exchange(clerkToken(uid))).error]).toEqual([status, error]);
    }
  });

  it('gives a token of Firebase for the same user, and writes nothing', async () => {
    const uid = newId('user');
    const changes = await changesDuring(harness, async () => {
      const answer = await exchange(clerkToken(uid));
      expect(answer.error).toBeNull();
      const token = z.object({ uid: z.string() }).parse(jwt.decode(String(answer.result['token'])));
      expect(token.uid).toBe(uid);
    });
    expect(changes).toEqual([]);
  });

  it.each<[string, TokenFields]>([
    ['of another key', { key: anotherKey.privateKey }],
    ['of another instance', { claims: { iss: 'https://clerk.evil.example' } }],
    ['without an instance', { without: ['iss'] }],
    ['of another web client', { claims: { azp: 'https://evil.example' } }],
    ['without a web client', { without: ['azp'] }],
    ['that is over', { claims: { exp: ago(10) } }],
    ['without an end', { without: ['exp'] }],
    ['that does not hold yet', { claims: { nbf: ago(-60) } }],
    ['of a sign-in that is not finished', { claims: { sts: 'pending' } }],
    ['of nobody', { without: ['sub'] }],
    ['of a user whose id is a path', { claims: { sub: '../admin' } }],
    ['signed with the public key as a secret', { key: localSetting('CLERK_JWT_KEY'), algorithm: 'HS256' }],
  ])('refuses a token %s', async (_name, fields) => {
    const answer = await exchange(clerkToken(newId('user'), fields));
    expect([answer.error, answer.message]).toEqual(['UNAUTHENTICATED', 'Sign in first.']);
  });

  it.each(['', 'x.y.z', 'a'.repeat(10_001), 7, null])('refuses what is no token: %p', async (token) => {
    expect((await exchange(token)).error).toMatch(/^(UNAUTHENTICATED|INVALID_ARGUMENT)$/);
  });

  it('refuses one that nobody signed', async () => {
    const [, payload = ''] = clerkToken(newId('user')).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    expect((await exchange(`${header}.${payload}.`)).error).toBe('UNAUTHENTICATED');
  });

  it('takes either key while one is being rolled, as PEM as well', async () => {
    const pem = anotherKey.publicKey.replaceAll('\n', '\\n');
    const both = await harness.serve('exchangeClerkToken', {
      CLERK_JWT_KEY: `${localSetting('CLERK_JWT_KEY')},${pem}`,
    });
    for (const key of [clerkKey, anotherKey.privateKey])
      expect((await exchange(clerkToken(newId('user'), { key }), both)).error).toBeNull();
  });

  it('says so where Clerk is not set up', async () => {
    const bare = await harness.serve('exchangeClerkToken', { CLERK_ISSUER: '', CLERK_JWT_KEY: '' });
    const answer = await exchange(clerkToken(newId('user')), bare);
    expect([answer.error, answer.message]).toEqual([
      'FAILED_PRECONDITION',
      'Signing in with Clerk is not set up here.',
    ]);
  });
});

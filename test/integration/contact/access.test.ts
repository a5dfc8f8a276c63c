import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initializeTestEnvironment, type RulesTestEnvironment } from '@firebase/rules-unit-testing';
import { z } from 'zod';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';
import { type ContactWorld, type Owing, startContactWorld } from '../../support/contactWorld';
import { docSnippets, SnippetBook } from '../../support/docSnippets';
import { localSetting } from '../../support/sandboxSettings';
import { hashOf } from '../../support/seedMessage';
import { unsignedToken } from '../../support/unsignedToken';
import { type ServedFunction } from '../../../local/stack/serveFunction';

const answerSchema = z.object({
  userRecord: z.object({ sessionClaims: z.record(z.string(), z.unknown()) }).optional(),
});

describe('a debtor who signs in where contact data is sealed', () => {
  let world: ContactWorld;
  let rules: RulesTestEnvironment;
  let owing: Owing;
  let signIns: ServedFunction;
  const book = new SnippetBook(docSnippets(join(repositoryRoot, 'docs/web-client.md')));
  beforeAll(async () => {
    world = await startContactWorld();
    [owing, signIns] = [
      await world.newOwing(await world.newFreelancer(), '2026-11-09'),
      await world.served('setSignInClaims'),
    ];
    const [host = '', port = ''] = (process.env['FIRESTORE_EMULATOR_HOST'] ?? '').split(':');
    rules = await initializeTestEnvironment({
      projectId: world.harness.projectId,
      firestore: {
        host,
        port: Number(port),
        rules: readFileSync(join(repositoryRoot, 'firestore.rules'), 'utf8'),
      },
    });
  });
  afterAll(async () => {
    await rules.cleanup();
    await world.harness.stop();
  });

  /** What Firebase Auth is told when somebody signs in. */
  async function claimsOf(
    email: string,
    verified = true,
    served = signIns,
  ): Promise<Record<string, unknown> | null> {
    const jwt = unsignedToken(world.harness.projectId, 'dora', {
      event_type: 'beforeSignIn',
      event_id: 'event-1',
      user_record: { uid: 'dora', email, email_verified: verified, metadata: {}, provider_data: [] },
    });
    const response = await fetch(served.origin, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ data: { jwt } }),
    });
    expect([response.status, served.logTail(5)]).toEqual([200, expect.anything()]);
    return answerSchema.parse(await response.json()).userRecord?.sessionClaims ?? null;
  }

  /** Ids of the invoices that a token lists, live. */
  function bills(token: Record<string, unknown>, emailHash: string): Promise<string[]> {
    const db = rules.authenticatedContext('dora', token).firestore();
    return new Promise((resolve, reject) => {
      void book.call<() => void>('watchSealedBills', {
        db,
        emailHash,
        onChange: (rows: { id: string }[]) => {
          resolve(rows.map(({ id }) => id));
        },
        onError: reject,
      });
    });
  }

  it('gets the hashes of his verified address, and lists what he owes by them', async () => {
    const hash = hashOf('email', owing.email);
    const claims = await claimsOf(owing.email);
    expect(claims).toEqual({ emailHashes: [hash], emailHashesOf: owing.email });
    const token = { email: owing.email, email_verified: true, ...claims };
    expect(await bills(token, hash)).toEqual([owing.invoiceId]);
  });

  it('reads nothing any more once his address is another one', async () => {
    const hash = hashOf('email', owing.email);
    const token = { email: 'moved@client.example', email_verified: true, ...(await claimsOf(owing.email)) };
    await expect(bills(token, hash)).rejects.toMatchObject({ code: 'permission-denied' });
  });

  it('gets nothing for an address that is not verified, is none, or only looks like his', async () => {
    const none = { emailHashes: [], emailHashesOf: '' };
    expect(await claimsOf(owing.email, false)).toEqual(none);
    expect(await claimsOf('')).toEqual(none);
    // U+212A becomes a k in lower case.
    expect(await claimsOf('dora.\u212A@client.example')).toEqual(none);
  });

  it('gets a hash for each live key', async () => {
    const keys = `2:a-second-key-of-the-hashes-0123456789,1:${localSetting('ADDRESS_HASH_KEY')}`;
    const newer = await world.harness.serve('setSignInClaims', { ADDRESS_HASH_KEY: keys });
    const claims = await claimsOf(owing.email, true, newer);
    expect(claims?.['emailHashes']).toEqual([
      expect.stringMatching(/^v2_/) as string,
      hashOf('email', owing.email),
    ]);
  });

  it('gets nothing more than before where contact data is in the clear, and signs in whatever is wrong', async () => {
    await world.harness.db.doc('system_config/contact_data').delete();
    expect(await claimsOf(owing.email, true, await world.harness.serve('setSignInClaims'))).toBeNull();
    await world.harness.db.doc('system_config/contact_data').set({ sealed: 'what?' });
    expect(await claimsOf(owing.email, true, await world.harness.serve('setSignInClaims'))).toBeNull();
  });
});

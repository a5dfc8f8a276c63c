import { type DocumentData } from 'firebase-admin/firestore';
import { callFunction, type CallAnswer } from '../../../support/callFunction';
import { seedWaiting } from '../../../support/seedMessage';
import { newId } from '../../../support/stripeEvents';
import { newPhone } from '../../../support/twilioPost';
import { unsignedToken } from '../../../support/unsignedToken';
import { type ServedFunction } from '../../../../local/stack/serveFunction';
import { type Harness, startHarness } from '../../../support/webhookHarness';

/** As the functions emulator runs a function: the library believes what a token says. */
const AUTH = { FIREBASE_DEBUG_MODE: 'true', FIREBASE_DEBUG_FEATURES: '{"skipTokenVerification":true}' };

const GRANT = {
  channel: 'sms',
  status: 'granted',
  lawfulBasis: 'legitimate_interests',
  source: 'contract',
  wordingVersion: 'client-contact-2026-11',
};
const AGREE = { wordingVersion: 'collections-2026-11', collectionsEnabled: true, sms: true, email: true };

describe('consents', () => {
  let harness: Harness;
  let account: ServedFunction;
  beforeAll(async () => {
    harness = await startHarness(AUTH, 'setClientConsent');
    account = await harness.serve('setCollectionsConsent');
  });
  afterAll(() => harness.stop());

  const call = (served: ServedFunction, uid: string, data: object): Promise<CallAnswer> =>
    callFunction(served.origin, data, unsignedToken(harness.projectId, uid));
  async function auditOf(uid: string): Promise<DocumentData[]> {
    const rows = await harness.db.collection('consent_audit_log').where('freelancerId', '==', uid).get();
    return rows.docs.map((row) => row.data());
  }

  describe('of a client', () => {
    async function seedClient() {
      const uid = newId('user');
      const clientId = newId('client');
      const [email, phone] = [`${newId('debtor')}@client.example`, newPhone()];
      const unknown = { status: 'unknown', lawfulBasis: null, source: null, capturedAt: null };
      await harness.db.doc(`clients/${clientId}`).set({
        freelancerId: uid,
        name: 'A Debtor',
        email,
        phone,
        contactPermissions: { email: unknown, sms: unknown },
      });
      const permissions = async () =>
        (await harness.db.doc(`clients/${clientId}`).get()).get('contactPermissions') as DocumentData;
      const say = (data: object): Promise<CallAnswer> =>
        call(harness.webhook, uid, { ...GRANT, clientId, ...data });
      return { uid, clientId, email, phone, permissions, say };
    }

    it('is written down with its audit row in one commit, and leaves the other channel alone', async () => {
      const { uid, clientId, permissions, say } = await seedClient();
      const answer = await say({});
      expect([answer.error, answer.result]).toEqual([null, { clientId, channel: 'sms', status: 'granted' }]);
      const now = await permissions();
      expect(now['sms']).toMatchObject({
        status: 'granted',
        lawfulBasis: 'legitimate_interests',
        source: 'contract',
        wordingVersion: 'client-contact-2026-11',
      });
      expect(now['email']).toMatchObject({ status: 'unknown' });
      const rows = await harness.db.collection('consent_audit_log').where('freelancerId', '==', uid).get();
      expect(rows.docs.map((row) => row.data())).toMatchObject([
        { kind: 'client_contact', clientId, channel: 'sms', status: 'granted', previousStatus: 'unknown' },
      ]);
      const client = await harness.db.doc(`clients/${clientId}`).get();
      expect(rows.docs[0]?.updateTime).toEqual(client.updateTime);
    });

    it('withdrawn cancels what this freelancer has waiting for that address, and nothing else', async () => {
      const { uid, email, phone, say } = await seedClient();
      const mine = await seedWaiting(harness.db, 'sms', phone, { freelancerId: uid });
      const mail = await seedWaiting(harness.db, 'email', email, { freelancerId: uid });
      const others = await seedWaiting(harness.db, 'sms', phone, { freelancerId: 'another' });
      await say({ status: 'withdrawn', lawfulBasis: null, source: 'phone_call' });
      const states = (await harness.db.getAll(mine, mail, others)).map((row) => [
        row.get('status') as string,
        row.get('reason') as string | null,
      ]);
      expect(states).toEqual([
        ['cancelled', 'consent_withdrawn'],
        ['pending', null],
        ['pending', null],
      ]);
    });

    it('said twice, or five times at once, with a request id or without, is one row', async () => {
      for (const requestId of [undefined, 'click-1']) {
        const { uid, say } = await seedClient();
        const more = requestId === undefined ? {} : { requestId };
        const answers = await Promise.all(Array.from({ length: 5 }, () => say(more)));
        answers.push(await say(more));
        expect(answers.map(({ error }) => error)).toEqual(answers.map(() => null));
        expect(await auditOf(uid)).toHaveLength(1);
      }
    });

    it('repeated after it was withdrawn by another request changes nothing', async () => {
      const { uid, permissions, say } = await seedClient();
      await say({ requestId: 'click-1' });
      await say({ requestId: 'click-2', status: 'withdrawn' });
      expect((await say({ requestId: 'click-1' })).error).toBeNull();
      expect((await permissions())['sms']).toMatchObject({ status: 'withdrawn' });
      expect(await auditOf(uid)).toHaveLength(2);
      expect((await say({ requestId: 'click-1', channel: 'email' })).error).toBe('FAILED_PRECONDITION');
    });

    it('of somebody else, or of nobody: refused', async () => {
      const { clientId, permissions } = await seedClient();
      const foreign = await call(harness.webhook, newId('user'), { ...GRANT, clientId });
      expect(foreign.error).toBe('PERMISSION_DENIED');
      expect((await permissions())['sms']).toMatchObject({ status: 'unknown' });
      const none = await call(harness.webhook, newId('user'), { ...GRANT, clientId: newId('client') });
      expect(none.error).toBe('NOT_FOUND');
      const nobody = await callFunction(harness.webhook.origin, { ...GRANT, clientId });
      expect(nobody.error).toBe('UNAUTHENTICATED');
    });

    it.each([
      ['words that do not exist', { wordingVersion: 'client-contact-1999' }],
      ['words of another kind', { wordingVersion: 'collections-2026-11' }],
      ['words called like a part of every object', { wordingVersion: 'constructor' }],
      ['a yes without its lawful basis', { lawfulBasis: null }],
      ['another channel', { channel: 'post' }],
      ['another status', { status: 'unknown' }],
      ['a field that nobody asked for', { capturedAt: '2020-01-01' }],
      ['a request id that is a path', { requestId: 'a/b' }],
    ])('with %s: refused', async (_name, more) => {
      const { uid, say, permissions } = await seedClient();
      expect((await say(more)).error).toBe('INVALID_ARGUMENT');
      expect([(await permissions())['sms'], await auditOf(uid)]).toMatchObject([{ status: 'unknown' }, []]);
    });
  });

  describe('of a freelancer', () => {
    async function seedUser(fields: object = {}) {
      const uid = newId('user');
      const ref = harness.db.doc(`users/${uid}`);
      await ref.set({ email: 'freelancer@studio.example', ...fields });
      const say = (data: object): Promise<CallAnswer> => call(account, uid, { ...AGREE, ...data });
      return { uid, ref, say };
    }

    it('is written down with its audit row in one commit', async () => {
      const { uid, ref, say } = await seedUser({ collectionsConsent: { grantedFrom: 'web' } });
      const answer = await say({ sms: false, marketing: true });
      const after = { ...AGREE, sms: false, marketing: true };
      expect([answer.error, answer.result]).toEqual([null, after]);
      const user = await ref.get();
      expect(user.data()).toMatchObject({
        email: 'freelancer@studio.example',
        collectionsEnabled: true,
        collectionsConsent: {
          version: 'collections-2026-11',
          smsOptedOut: true,
          emailOptedOut: false,
          grantedFrom: 'web',
        },
        marketingConsent: true,
      });
      const rows = await harness.db.collection('consent_audit_log').where('freelancerId', '==', uid).get();
      expect(rows.docs.map((row) => row.data())).toMatchObject([{ kind: 'collections', ...after }]);
      expect(rows.docs[0]?.updateTime).toEqual(user.updateTime);
    });

    it('leaves marketing as it is unless it is said', async () => {
      const { ref, say } = await seedUser({ marketingConsent: true });
      await say({});
      expect((await ref.get()).get('marketingConsent')).toBe(true);
      await say({ marketing: false });
      expect((await ref.get()).get('marketingConsent')).toBe(false);
    });

    it('said twice, or five times at once, with a request id or without, is one row', async () => {
      for (const more of [{}, { requestId: 'click-1' }]) {
        const { uid, say } = await seedUser();
        const answers = await Promise.all(Array.from({ length: 5 }, () => say(more)));
        answers.push(await say(more));
        expect(answers.map(({ error }) => error)).toEqual(answers.map(() => null));
        expect(await auditOf(uid)).toHaveLength(1);
      }
    });

    it('taken back is a row of its own, and a late repeat of the yes does not undo it', async () => {
      const { uid, ref, say } = await seedUser();
      await say({ requestId: 'click-1' });
      await say({ requestId: 'click-2', collectionsEnabled: false, sms: false, email: false });
      const late = await say({ requestId: 'click-1' });
      expect([late.error, late.result['collectionsEnabled']]).toEqual([null, false]);
      expect((await ref.get()).get('collectionsEnabled')).toBe(false);
      expect(await auditOf(uid)).toHaveLength(2);
    });

    it('refuses words that do not exist, and an account without a profile', async () => {
      const { say } = await seedUser();
      expect((await say({ wordingVersion: 'collections-1999' })).error).toBe('INVALID_ARGUMENT');
      expect((await call(account, newId('user'), AGREE)).error).toBe('FAILED_PRECONDITION');
      expect((await callFunction(account.origin, AGREE)).error).toBe('UNAUTHENTICATED');
    });
  });

  it.each([
    ['setClientConsent', 'client-consent.before-commit'],
    ['setClientConsent', 'client-consent.after-commit'],
    ['setCollectionsConsent', 'collections-consent.before-commit'],
    ['setCollectionsConsent', 'collections-consent.after-commit'],
  ])('%s whose process dies at %s: asked again, it is one row', async (name, crashPoint) => {
    const uid = newId('user');
    const clientId = newId('client');
    await harness.db.doc(`users/${uid}`).set({ email: 'freelancer@studio.example' });
    await harness.db.doc(`clients/${clientId}`).set({ freelancerId: uid, phone: newPhone() });
    const data = name === 'setClientConsent' ? { ...GRANT, clientId } : AGREE;
    const doomed = await harness.serve(name, { RECOUP_CRASH_AT: crashPoint });
    await expect(call(doomed, uid, data)).rejects.toThrow();
    expect((await doomed.exited).signal).toBe('SIGKILL');
    const healthy = name === 'setClientConsent' ? harness.webhook : account;
    expect((await call(healthy, uid, data)).error).toBeNull();
    expect(await auditOf(uid)).toHaveLength(1);
  });
});

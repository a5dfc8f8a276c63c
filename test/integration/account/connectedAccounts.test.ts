import { type DocumentData, Timestamp } from 'firebase-admin/firestore';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { type CallAnswer, callFunction } from '../../support/callFunction';
import { changesDuring } from '../../support/refusal';
import { sandboxRequests } from '../../support/sandboxRequests';
import { failStripe, mendStripe } from '../../support/sandboxStripe';
import { seedInvoice } from '../../support/seed';
import { event, newId } from '../../support/stripeEvents';
import { unsignedToken } from '../../support/unsignedToken';
import { deliver, type Harness, startHarness } from '../../support/webhookHarness';

const AUTH = { FIREBASE_DEBUG_MODE: 'true', FIREBASE_DEBUG_FEATURES: '{"skipTokenVerification":true}' };

describe('connected accounts', () => {
  let harness: Harness;
  const served = new Map<string, ServedFunction>();
  beforeAll(async () => {
    harness = await startHarness(AUTH);
    await Promise.all(
      ['createStripeOnboardingLink', 'sendInvoice', 'createCheckoutSession'].map(async (name) =>
        served.set(name, await harness.serve(name)),
      ),
    );
  });
  afterEach(() => mendStripe(harness.sandbox));
  afterAll(() => harness.stop());

  const call = (name: string, uid: string, data: object = {}): Promise<CallAnswer> =>
    callFunction(served.get(name)?.origin ?? '', data, unsignedToken(harness.projectId, uid));
  const userOf = async (uid: string): Promise<DocumentData> =>
    (await harness.db.doc(`users/${uid}`).get()).data() ?? {};

  async function newUser(fields: DocumentData = {}): Promise<string> {
    const uid = newId('user');
    await harness.db.doc(`users/${uid}`).set({ email: 'ada@studio.example', businessName: 'Ada', ...fields });
    return uid;
  }

  /** Ids of the accounts that were made at Stripe for this user. */
  async function accountsOf(uid: string): Promise<string[]> {
    const made = (await sandboxRequests(harness.sandbox.origin)).filter(
      ({ method, path, body }) =>
        method === 'POST' && path === '/v1/accounts' && JSON.stringify(body).includes(uid),
    );
    return made.map(({ idempotencyKey }) => idempotencyKey ?? 'none');
  }

  /** The account's state changes at Stripe, and Stripe says so, unless it is not to. */
  async function change(accountId: string, fields: object): Promise<number[]> {
    const response = await fetch(`${harness.sandbox.origin}/_sandbox/stripe/accounts/${accountId}`, {
      method: 'POST',
      body: JSON.stringify(fields),
    });
    const answer = (await response.json()) as { deliveries: { status: number }[] };
    return answer.deliveries.map(({ status }) => status);
  }

  /** What Stripe says of an account, with whatever state the event shows. */
  const updated = (account: string, object: object = {}) =>
    event('account.updated', { id: account, object: 'account', metadata: {}, ...object }, { account });

  async function onboarded(): Promise<{ uid: string; accountId: string }> {
    const uid = await newUser();
    const { result } = await call('createStripeOnboardingLink', uid);
    return { uid, accountId: String(result['accountId']) };
  }

  it('a freelancer gets a link to the pages of his account, which can not take payments yet', async () => {
    const uid = await newUser();
    const answer = await call('createStripeOnboardingLink', uid);
    expect(answer.error).toBeNull();
    const { accountId, url, expiresAt } = answer.result;
    expect(accountId).toMatch(/^acct_/);
    expect(url).toMatch(/^https:\/\/connect\.stripe\.example\//);
    expect(Date.parse(String(expiresAt))).toBeGreaterThan(Date.now());
    expect(await userOf(uid)).toMatchObject({
      stripeAccountId: accountId,
      stripeChargesEnabled: false,
      stripeDetailsSubmitted: false,
      stripeRequirementsDue: true,
    });
  });

  it('five calls at once and one later make one account', async () => {
    const uid = await newUser();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call('createStripeOnboardingLink', uid)),
    );
    answers.push(await call('createStripeOnboardingLink', uid));
    expect(answers.map(({ error }) => error)).toEqual([null, null, null, null, null, null]);
    expect(new Set(answers.map(({ result }) => result['accountId'])).size).toBe(1);
    expect(new Set(await accountsOf(uid))).toEqual(new Set([`account_${uid}`]));
  });

  it.each(['onboarding.after-account', 'onboarding.before-commit', 'onboarding.after-commit'])(
    'a process that dies at %s leaves one account, which the next call finds',
    async (crashPoint) => {
      const uid = await newUser();
      const doomed = await harness.serve('createStripeOnboardingLink', { RECOUP_CRASH_AT: crashPoint });
      const token = unsignedToken(harness.projectId, uid);
      await expect(callFunction(doomed.origin, {}, token)).rejects.toThrow();
      expect(await doomed.exited).toMatchObject({ signal: 'SIGKILL' });
      const answer = await call('createStripeOnboardingLink', uid);
      expect(await userOf(uid)).toMatchObject({ stripeAccountId: answer.result['accountId'] });
      expect(new Set(await accountsOf(uid))).toEqual(new Set([`account_${uid}`]));
    },
  );

  it('one that was made and never written down is found again by what Stripe says of it', async () => {
    const { uid, accountId } = await onboarded();
    await harness.db.doc(`users/${uid}`).set({ email: 'ada@studio.example' });
    expect(await change(accountId, { detailsSubmitted: true })).toEqual([200]);
    expect(await userOf(uid)).toMatchObject({ stripeAccountId: accountId, stripeDetailsSubmitted: true });
  });

  it('nobody without a profile, and nobody who leaves, gets an account', async () => {
    const nobody = await call('createStripeOnboardingLink', newId('user'));
    expect([nobody.error, nobody.message]).toEqual(['FAILED_PRECONDITION', 'Finish your profile first.']);
    const leaver = await newUser({ status: 'closed' });
    const refused = await call('createStripeOnboardingLink', leaver);
    expect([refused.error, refused.message]).toEqual(['FAILED_PRECONDITION', 'This account is closed.']);
    expect(await accountsOf(leaver)).toEqual([]);
  });

  it('what Stripe says of an account is written down, five times at once as well', async () => {
    const { uid, accountId } = await onboarded();
    const done = { chargesEnabled: true, payoutsEnabled: true, detailsSubmitted: true, currentlyDue: [] };
    expect(await change(accountId, { ...done, deliveries: 5 })).toEqual([200, 200, 200, 200, 200]);
    expect(await userOf(uid)).toMatchObject({
      stripeChargesEnabled: true,
      stripePayoutsEnabled: true,
      stripeDetailsSubmitted: true,
      stripeRequirementsDue: false,
    });
    await change(accountId, { chargesEnabled: false, currentlyDue: ['individual.id_number'] });
    expect(await userOf(uid)).toMatchObject({ stripeChargesEnabled: false, stripeRequirementsDue: true });
  });

  it('what Stripe says of an account is no sign that its freelancer was here; asking for the link is', async () => {
    const { uid, accountId } = await onboarded();
    const { updatedAt: here, stripeAccountSeq: seq } = await userOf(uid);
    expect(here).toBeInstanceOf(Timestamp);
    expect(await change(accountId, { chargesEnabled: true })).toEqual([200]);
    const user = await userOf(uid);
    expect(user).toMatchObject({ stripeChargesEnabled: true, stripeAccountSeq: Number(seq) + 1 });
    expect(user['updatedAt']).toEqual(here);
  });

  it('events in any order end at what Stripe says now', async () => {
    const { uid, accountId } = await onboarded();
    await change(accountId, { chargesEnabled: true, deliveries: 0 });
    const states = [true, false, true, false].map((charges) =>
      updated(accountId, { charges_enabled: charges }),
    );
    const answers = await Promise.all(states.map((state) => deliver(harness.webhook.origin, state)));
    expect(answers.flat().map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await userOf(uid)).toMatchObject({ stripeChargesEnabled: true });
  });

  it('an answer of Stripe that has grown old is not written over a newer one', async () => {
    const { uid, accountId } = await onboarded();
    await change(accountId, { chargesEnabled: true, deliveries: 0 });
    // Stripe has answered, and before the answer is there the account changes and a second event is applied.
    let changed: Promise<number[]> | undefined;
    harness.sandbox.watch(async (_provider, { path }, proceed) => {
      await proceed();
      if (changed !== undefined || path !== `/v1/accounts/${accountId}`) return;
      changed = change(accountId, { chargesEnabled: false });
      await changed;
    });
    const answers = await deliver(harness.webhook.origin, updated(accountId));
    expect([answers[0]?.status, await changed]).toEqual([200, [200]]);
    expect(await userOf(uid)).toMatchObject({ stripeChargesEnabled: false });
  });

  it('Stripe that can not be asked is asked again later', async () => {
    const { uid, accountId } = await onboarded();
    await failStripe(harness.sandbox, { mode: 'server_error' });
    expect(await change(accountId, { chargesEnabled: true })).toEqual([500]);
    const rows = await harness.db
      .collection('failed_webhooks')
      .where('eventType', '==', 'account.updated')
      .get();
    const waiting = rows.docs.filter((row) => row.get('status') === 'pending_retry');
    expect(waiting).toHaveLength(1);
    await mendStripe(harness.sandbox);
    const job = await harness.serve('retryWebhooks');
    const at = new Date(Date.now() + 180_000).toISOString().replace(/\.\d+Z$/, 'Z');
    await fetch(job.origin, {
      method: 'POST',
      headers: { 'X-CloudScheduler-JobName': 'j', 'X-CloudScheduler-ScheduleTime': at },
    });
    expect(await userOf(uid)).toMatchObject({ stripeChargesEnabled: true });
  });

  it('an account that is nobody’s is ignored; one that we made and nobody has is a dead letter', async () => {
    const stranger = updated(newId('acct'));
    const changes = await changesDuring(harness, async () => {
      const [answer] = await deliver(harness.webhook.origin, stranger);
      expect(answer?.status).toBe(200);
    });
    expect(changes).toEqual([]);

    const { uid, accountId } = await onboarded();
    await harness.db.doc(`users/${uid}`).delete();
    const ours = updated(accountId, { metadata: { kind: 'account', freelancerId: uid } });
    const [answer] = await deliver(harness.webhook.origin, ours);
    expect(answer?.status).toBe(200);
    expect((await harness.db.doc(`failed_webhooks/stripe_${ours.id}`).get()).data()).toMatchObject({
      status: 'dead_letter',
      lastError: { code: 'unknown_account' },
    });
  });

  describe('that can not take payments', () => {
    /** A draft that could be sent, of a freelancer with this account. */
    async function draftOf(user: DocumentData) {
      const clientId = newId('client');
      const seeded = await seedInvoice(harness.db, { status: 'draft', clientId }, user);
      await harness.db
        .doc(`clients/${clientId}`)
        .set({ freelancerId: seeded.freelancerId, name: 'A Debtor', email: 'debtor@client.example' });
      return seeded;
    }

    it('are told before an invoice is sent, and nothing goes out', async () => {
      const { freelancerId, invoiceId } = await draftOf({
        stripeAccountId: newId('acct'),
        stripeChargesEnabled: false,
      });
      const changes = await changesDuring(harness, async () => {
        const answer = await call('sendInvoice', freelancerId, { invoiceId });
        expect([answer.error, answer.message]).toEqual([
          'FAILED_PRECONDITION',
          'Your Stripe account can not take payments yet. Finish its set-up, then send the invoice.',
        ]);
      });
      expect(changes).toEqual([]);
    });

    it.each([
      ['takes payments', { stripeAccountId: 'acct_yes', stripeChargesEnabled: true }],
      ['is not known to refuse any', { stripeAccountId: 'acct_unknown' }],
      ['is not there', {}],
    ])('are not one that %s', async (_name, user) => {
      const { freelancerId, invoiceId } = await draftOf(user);
      const answer = await call('sendInvoice', freelancerId, { invoiceId });
      expect(answer).toMatchObject({ error: null, result: { status: 'sent' } });
    });

    it('get no payment page either', async () => {
      const { invoiceId, freelancerId } = await seedInvoice(
        harness.db,
        {},
        { stripeAccountId: newId('acct'), stripeChargesEnabled: false },
      );
      const answer = await call('createCheckoutSession', freelancerId, { invoiceId });
      expect([answer.error, answer.message]).toEqual([
        'FAILED_PRECONDITION',
        'This business can not take card payments yet. Please pay it another way.',
      ]);
    });
  });
});

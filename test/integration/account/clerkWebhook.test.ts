import { type DocumentData } from 'firebase-admin/firestore';
import { CLERK_SECRETS, clerkDeletion, clerkUser, postAsClerk } from '../../support/clerkPost';
import { changesDuring, faultsOfRefusal } from '../../support/refusal';
import { newId } from '../../support/stripeEvents';
import { type Answer, type Harness, startHarness } from '../../support/webhookHarness';

describe('clerkWebhook', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({}, 'clerkWebhook');
  });
  afterAll(() => harness.stop());

  const send = (body: object | string, delivery = {}): Promise<Answer> =>
    postAsClerk(harness.webhook.origin, body, delivery);
  const userOf = async (uid: string): Promise<DocumentData | undefined> =>
    (await harness.db.doc(`users/${uid}`).get()).data();

  /** Delivers events one after the other; fails unless each is answered with 200. */
  async function tell(...events: readonly object[]): Promise<void> {
    for (const event of events) {
      const { status, body } = await send(event);
      if (status !== 200) throw new Error(`${JSON.stringify(event)}: ${status} ${JSON.stringify(body)}`);
    }
  }

  describe('takes', () => {
    it.each([0, 1])('what secret %i of the list has signed', async (n) => {
      const answer = await send(clerkUser('user.created', newId('user')), { secret: CLERK_SECRETS[n] });
      expect([answer.status, answer.body]).toEqual([200, { received: true, duplicate: false }]);
    });

    const signed = { id: newId('msg') };
    it.each<[string, () => Promise<Answer>]>([
      ['another secret', () => send({}, { secret: 'whsec_c29tZWJvZHktZWxzZQ==' })],
      ['no signature', () => send({}, { headers: { 'svix-signature': '' } })],
      ['no id', () => send({}, { headers: { 'svix-id': '' } })],
      ['no time', () => send({}, { headers: { 'svix-timestamp': '' } })],
      ['a signature that is none', () => send({}, { headers: { 'svix-signature': 'v1' } })],
      ['six minutes ago', () => send({}, { at: new Date(Date.now() - 360_000) })],
      ['another id', () => send({}, { ...signed, headers: { 'svix-id': newId('msg') } })],
      ['a body that is not JSON, signed', () => send('{"type":')],
      ['an id that is no document id', () => send({}, { id: 'a/b' })],
    ])('nothing with %s: 400, and nothing is written', async (name, deliver) => {
      const changes = await changesDuring(harness, async () => {
        const answer = await deliver();
        // What is not JSON the platform turns away by itself.
        if (!name.includes('JSON')) expect(faultsOfRefusal(answer, 400)).toEqual([]);
        else expect(answer.status).toBe(400);
      });
      expect(changes).toEqual([]);
    });

    it('POST alone', async () => {
      const answer = await fetch(harness.webhook.origin);
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    });

    it('types that change nothing here with 200, and leaves no trace of them', async () => {
      const changes = await changesDuring(harness, async () => {
        expect((await send({ type: 'session.created', data: { id: 'sess_1' } })).status).toBe(200);
      });
      expect(changes).toEqual([]);
    });
  });

  it('makes the account of a new user, with what only the server decides as everybody has it', async () => {
    const uid = newId('user');
    await tell(clerkUser('user.created', uid));
    expect(await userOf(uid)).toMatchObject({
      email: `${uid}@studio.example`,
      name: 'Ada Free',
      role: 'user',
      status: 'active',
      subscriptionTier: 'free',
      collectionsEnabled: false,
    });
  });

  it('never touches what the server or the user decides, whatever Clerk says of it', async () => {
    const uid = newId('user');
    const server = {
      subscriptionTier: 'growth',
      subscriptionStatus: 'active',
      stripeCustomerId: 'cus_1',
      stripeSubscriptionId: 'sub_1',
      stripeAccountId: 'acct_1',
      stripeChargesEnabled: true,
      role: 'admin',
      status: 'suspended',
      collectionsEnabled: true,
      collectionsConsent: { version: '1', smsOptedOut: true },
      marketingConsent: true,
      createdAt: new Date('2026-01-01T00:00:00Z'),
    };
    const own = { name: 'Ada Lovelace', businessName: 'Ada Studio', phoneNumber: '+447700900123' };
    await harness.db.doc(`users/${uid}`).set({ ...server, ...own });
    const before = await userOf(uid);
    await tell(clerkUser('user.created', uid), clerkUser('user.updated', uid, { updated: 5 }));
    expect(await userOf(uid)).toMatchObject({ ...before, email: `${uid}@studio.example` });
  });

  it('adds what the account of somebody lacks who has saved his profile before, and leaves what is there', async () => {
    const uid = newId('user');
    const own = { name: 'Ada Lovelace', timezone: 'Europe/Paris' };
    await harness.db.doc(`users/${uid}`).set({ ...own, role: 'admin' });
    await tell(clerkUser('user.created', uid));
    const lacked = { status: 'active', subscriptionTier: 'free', collectionsEnabled: false };
    const account = await userOf(uid);
    expect(account).toMatchObject({ ...own, role: 'admin', ...lacked, email: `${uid}@studio.example` });
    expect(account).toHaveProperty('createdAt');
  });

  it('follows a change of name only while nobody has written another one', async () => {
    const uid = newId('user');
    await tell(
      clerkUser('user.created', uid),
      clerkUser('user.updated', uid, { firstName: 'Eve', updated: 1 }),
    );
    expect(await userOf(uid)).toMatchObject({ name: 'Eve Free' });
    await harness.db.doc(`users/${uid}`).update({ name: 'E. Free' });
    await tell(clerkUser('user.updated', uid, { firstName: 'Eva', email: 'eva@studio.example', updated: 2 }));
    expect(await userOf(uid)).toMatchObject({ name: 'E. Free', email: 'eva@studio.example' });
  });

  it('takes no address that Clerk has not verified', async () => {
    const uid = newId('user');
    await tell(clerkUser('user.created', uid, { verified: false }));
    expect(await userOf(uid)).not.toHaveProperty('email');
  });

  it('applies an event five times at once, and again later, once', async () => {
    const uid = newId('user');
    const id = newId('msg');
    const event = clerkUser('user.created', uid);
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(event, { id })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(answers.filter(({ body }) => JSON.stringify(body).includes('"duplicate":false'))).toHaveLength(1);
    const changes = await changesDuring(harness, async () => {
      expect((await send(event, { id })).body).toEqual({ received: true, duplicate: true });
    });
    expect(changes).toEqual([]);
    expect((await harness.db.doc(`processed_events/clerk_${id}`).get()).data()).toMatchObject({
      source: 'clerk',
      eventType: 'user.created',
      outcome: 'created',
    });
  });

  const orders = permutations([0, 1, 2, 3]);
  it.each(orders.map((order) => [order.join(' '), order] as const))(
    'in the order %s ends where it would in order',
    async (_name, order) => {
      const uid = newId('user');
      const events = [
        clerkUser('user.created', uid, { firstName: 'Zero' }),
        clerkUser('user.updated', uid, { firstName: 'One', updated: 1 }),
        clerkUser('user.updated', uid, { firstName: 'Two', updated: 2 }),
        clerkDeletion(uid, 3),
      ];
      await tell(...order.map((n) => events[n] ?? {}));
      const user = await userOf(uid);
      expect(user).toMatchObject({ status: 'closing', closing: { by: 'clerk' } });
      // Of whoever was deleted first nothing is learnt afterwards.
      const newest = order.slice(0, order.indexOf(3)).reduce((most, n) => Math.max(most, n), -1);
      expect(user?.['name']).toBe(['Zero Free', 'One Free', 'Two Free'][newest]);
    },
  );

  it.each([
    ['in order', [0, 1, 2]],
    ['the deletion last', [0, 2, 1]],
    ['the return first', [2, 1, 0]],
    ['the deletion first', [1, 2, 0]],
  ])('a user who is there again after his deletion stays: %s', async (_name, order) => {
    const uid = newId('user');
    const events = [
      clerkUser('user.created', uid),
      clerkDeletion(uid, 1),
      clerkUser('user.updated', uid, { firstName: 'Back', updated: 2 }),
    ];
    await tell(...order.map((n) => events[n] ?? {}));
    expect(await userOf(uid)).toMatchObject({ status: 'active', name: 'Back Free' });
    expect((await userOf(uid))?.['closing'] ?? null).toBeNull();
  });

  it('a deletion that does not say when counts as coming after what is known', async () => {
    const uid = newId('user');
    const known = clerkUser('user.updated', uid, { updated: 1 });
    await tell(known, clerkDeletion(uid, null), known);
    expect(await userOf(uid)).toMatchObject({ status: 'closing' });
    await tell(clerkUser('user.updated', uid, { updated: 2 }));
    expect(await userOf(uid)).toMatchObject({ status: 'active', closing: null });
  });

  it('a user that can not be used is kept as a dead letter, with 200 and no claim', async () => {
    const id = newId('msg');
    expect((await send({ type: 'user.created', data: { id: '../x' } }, { id })).status).toBe(200);
    expect((await harness.db.doc(`failed_webhooks/clerk_${id}`).get()).data()).toMatchObject({
      source: 'clerk',
      eventType: 'user.created',
      status: 'dead_letter',
      lastError: { code: 'unusable_event' },
    });
    expect((await harness.db.doc(`processed_events/clerk_${id}`).get()).exists).toBe(false);
  });
});

function permutations(items: readonly number[]): number[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((first) =>
    permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}

import { closedPort } from '../../support/closedPort';
import { clerkDeletion, clerkUser, postAsClerk } from '../../support/clerkPost';
import { scheduledAt, tickWell } from '../../support/jobTick';
import { changedBetween, everyDocument } from '../../support/moneyState';
import { seedFailedEvent } from '../../support/seedFailedEvent';
import { newId } from '../../support/stripeEvents';
import { type Harness, startHarness } from '../../support/webhookHarness';

describe('an event of Clerk', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({}, 'clerkWebhook');
  });
  afterAll(() => harness.stop());

  const nameOf = async (uid: string): Promise<unknown> =>
    (await harness.db.doc(`users/${uid}`).get()).get('name');

  it('that failed is retried like the rest, and an older one of those changes nothing', async () => {
    const { db } = harness;
    const [fresh, late] = [newId('user'), newId('user')];
    const seed = (event: object) =>
      seedFailedEvent(db, { source: 'clerk', eventId: newId('msg'), bytes: JSON.stringify(event) });
    const rows = [
      await seed(clerkUser('user.created', fresh)),
      await seed(clerkUser('user.updated', late, { firstName: 'Old', updated: 1 })),
      await seed(clerkDeletion(newId('user'), 1)),
    ];
    await postAsClerk(
      harness.webhook.origin,
      clerkUser('user.updated', late, { firstName: 'New', updated: 2 }),
    );
    await tickWell(await harness.serve('retryWebhooks'), scheduledAt());
    for (const row of rows) expect((await row.get()).get('status')).toBe('resolved');
    expect([await nameOf(fresh), await nameOf(late)]).toEqual(['Ada Free', 'New Free']);
    expect((await db.doc(`processed_events/${rows[1]?.id}`).get()).get('outcome')).toBe('older');
  });

  it.each([
    ['clerk.before-commit', false],
    ['clerk.after-commit', true],
  ])('whose process dies at %s is applied once', async (crashPoint, committed) => {
    const [uid, id] = [newId('user'), newId('msg')];
    const event = clerkUser('user.created', uid);
    const doomed = await harness.serve('clerkWebhook', { RECOUP_CRASH_AT: crashPoint });
    const before = await everyDocument(harness.db);
    await expect(postAsClerk(doomed.origin, event, { id })).rejects.toThrow();
    expect((await doomed.exited).signal).toBe('SIGKILL');
    expect(changedBetween(before, await everyDocument(harness.db))).toEqual(
      committed ? [`processed_events/clerk_${id}`, `users/${uid}`] : [],
    );
    const answer = await postAsClerk(harness.webhook.origin, event, { id });
    expect([answer.status, answer.body]).toEqual([200, { received: true, duplicate: committed }]);
    expect(await nameOf(uid)).toBe('Ada Free');
  });

  it('is answered with 500 when it could be neither applied nor recorded, and done by the next delivery', async () => {
    const away = await harness.serve('clerkWebhook', { FIRESTORE_EMULATOR_HOST: await closedPort() });
    const [uid, id] = [newId('user'), newId('msg')];
    const event = clerkUser('user.created', uid);
    expect((await postAsClerk(away.origin, event, { id })).status).toBe(500);
    expect(away.logTail(100)).toMatch(new RegExp(`"alert":"webhook_not_recorded".*${id}`));
    expect((await postAsClerk(harness.webhook.origin, event, { id })).status).toBe(200);
    expect(await nameOf(uid)).toBe('Ada Free');
  }, 90_000);

  it('leaves no name and no address in the logs, whatever becomes of it', async () => {
    const uid = newId('user');
    const fields = { firstName: 'Zebedee', email: 'zebedee@secret.example' };
    await postAsClerk(harness.webhook.origin, clerkUser('user.created', uid, fields));
    const broken = { ...clerkUser('user.updated', uid, fields), data: { id: uid, first_name: 'Zebedee' } };
    await postAsClerk(harness.webhook.origin, broken);
    await postAsClerk(harness.webhook.origin, clerkUser('user.updated', uid, fields), {
      secret: 'whsec_c29tZWJvZHktZWxzZQ==',
    });
    const log = harness.webhook.logTail(200);
    expect(log).toContain('webhook_handled');
    expect(log).toContain('"alert":"dead_letter"');
    expect(log).toContain('bad_signature');
    expect(log).not.toMatch(/zebedee|secret\.example/i);
  });
});

import { type ServedFunction } from '../../../local/stack/serveFunction';
import { type CallWorld, debtorClaims, startCallWorld } from '../../support/callWorld';
import { TUESDAY } from '../../support/messageHarness';
import { seedChase, type SeededChase } from '../../support/seedChase';
import { hashOf, seedMessage } from '../../support/seedMessage';
import { seedReminderOf } from '../../support/seedReminder';
import { newId } from '../../support/stripeEvents';

const DAY_MS = 24 * 3_600_000;
const CALL = 'requestDebtorRights';

describe("a debtor's request that is not done at once", () => {
  let world: CallWorld;
  let job: ServedFunction;
  let workers: Record<'email' | 'sms', ServedFunction>;
  beforeAll(async () => {
    world = await startCallWorld(CALL, 'saveClient', 'setClientConsent');
    const names = ['closeAccounts', 'sendEmail', 'sendSms'] as const;
    const [closeAccounts, email, sms] = await Promise.all(names.map((name) => world.harness.serve(name)));
    if (closeAccounts === undefined || email === undefined || sms === undefined)
      throw new Error('not served');
    job = closeAccounts;
    workers = { email, sms };
  });
  beforeEach(() => world.harness.travel(TUESDAY));
  afterAll(() => world.harness.stop());

  const newEmail = (): string => `${newId('debtor')}@client.example`;
  const seed = (email: string, status: string): Promise<SeededChase> =>
    seedChase(world.harness.db, { invoice: { clientEmail: email, status }, client: { email } });
  const isDone = async (kind: string, email: string): Promise<boolean> =>
    (await world.read(`debtor_requests/${kind}_${hashOf('email', email)}`))['doneAt'] != null;

  async function askErasure(email: string): Promise<string> {
    const { error, result } = await world.callAs(CALL, email, { kind: 'erasure' });
    expect(error).toBeNull();
    return String(result['status']);
  }

  /** The job, so many days after the request. */
  async function runOnDay(days: number): Promise<void> {
    world.harness.travel(new Date(Date.parse(TUESDAY) + (days + 0.1) * DAY_MS));
    await world.harness.run(job);
  }

  /** Kinds of notification about a client. */
  async function toldAbout(clientId: string): Promise<string[]> {
    const { docs } = await world.harness.db
      .collection('notifications')
      .where('clientId', '==', clientId)
      .get();
    return docs.map((row) => String(row.get('type')));
  }

  it('erases a client again whom the freelancer saves again while it waits', async () => {
    const email = newEmail();
    const [open, settled] = [await seed(email, 'in_collections'), await seed(email, 'paid')];
    const { clientId, freelancerId } = settled;
    expect(await askErasure(email)).toBe('waiting');
    const client = { clientId, name: 'A Debtor', email, debtorKind: 'business' };
    expect((await world.call('saveClient', freelancerId, client)).error).toBeNull();
    expect(await world.read(`clients/${clientId}`)).toMatchObject({ email });

    await runOnDay(1);
    expect(await world.read(`clients/${clientId}`)).toMatchObject({ email: null, name: 'Erased on request' });
    expect(await toldAbout(clientId)).toEqual(['client_erased', 'client_erased']);
    await world.harness.db.doc(`invoices/${open.invoiceId}`).update({ status: 'paid' });
    await runOnDay(2.1);
    expect(await isDone('erasure', email)).toBe(true);
  });

  it('withdraws a permission again that was given again before an objection was carried out', async () => {
    const email = newEmail();
    const [one, other] = [await seed(email, 'in_collections'), await seed(email, 'paid')];
    await world.crash(
      CALL,
      'objection.after-commit',
      newId('debtor'),
      { kind: 'objection' },
      debtorClaims(email),
    );
    expect(await isDone('objection', email)).toBe(false);
    for (const { clientId, freelancerId } of [one, other]) {
      const yes = {
        clientId,
        channel: 'email',
        status: 'granted',
        lawfulBasis: 'consent',
        source: 'phone_call',
      };
      expect((await world.call('setClientConsent', freelancerId, yes)).error).toBeNull();
    }

    await runOnDay(0);
    expect(await isDone('objection', email)).toBe(true);
    const permissions = [one, other].map(async ({ clientId }) => {
      const client = await world.read(`clients/${clientId}`);
      return client['contactPermissions'] as unknown;
    });
    const no = { status: 'withdrawn', source: 'objection' };
    expect(await Promise.all(permissions)).toMatchObject(
      [no, no].map((said) => ({ email: said, sms: said })),
    );
  });

  it.each(['email', 'sms'] as const)(
    'waits for a message by %s that is not done with, and then erases what it held',
    async (channel) => {
      const email = newEmail();
      const paid = { ...(await seed(email, 'paid')), email };
      const later = new Date(Date.parse(TUESDAY) + 2 * DAY_MS);
      const item = await seedReminderOf(world.harness, paid, channel, { notBefore: later, dueAt: later });
      const content = `${item.path}/private/content`;
      expect(await askErasure(email)).toBe('in_progress');
      await runOnDay(1);
      expect([await isDone('erasure', email), await world.exists(content)]).toEqual([false, true]);

      world.harness.travel(later);
      await world.harness.dispatch(workers[channel], item.id);
      expect(await world.read(item.path)).toMatchObject({ status: 'cancelled' });
      await runOnDay(3);
      expect([await isDone('erasure', email), await world.exists(content)]).toEqual([true, false]);
      expect(await world.read(`invoices/${paid.invoiceId}`)).toMatchObject({
        clientEmail: null,
        clientPhone: null,
      });
    },
  );

  it('erases what text messages held, and not what was written to the freelancer', async () => {
    const { db } = world.harness;
    const email = newEmail();
    const paid = await seed(email, 'paid');
    const { invoiceId, freelancerId } = paid;
    const done = { status: 'sent', expiresAt: new Date(4e12), invoiceId, freelancerId };
    const text = await seedMessage(db, 'sms', paid.phone, done);
    const own = { ...done, class: 'freelancer_notice', template: 'claim_to_verify', level: null };
    const notice = await seedMessage(db, 'email', 'freelancer@studio.example', own);
    expect(await askErasure(email)).toBe('done');
    expect(await world.exists(`${text.path}/private/content`)).toBe(false);
    expect(await world.read(text.path)).toMatchObject({ status: 'sent' });
    expect(await world.exists(`${notice.path}/private/content`)).toBe(true);
  });

  it('erases what was written to a freelancer who is a debtor as well, whatever of his own is open', async () => {
    const email = newEmail();
    await seed(email, 'paid');
    const { invoiceId, freelancerId } = await seed(newEmail(), 'in_collections');
    const own = { class: 'freelancer_notice', template: 'claim_to_verify', level: null, status: 'sent' };
    const about = { ...own, expiresAt: new Date(4e12), invoiceId, freelancerId };
    const notice = await seedMessage(world.harness.db, 'email', email, about);
    expect(await askErasure(email)).toBe('done');
    expect(await world.exists(`${notice.path}/private/content`)).toBe(false);
  });
});

import { type ServedFunction } from '../../../local/stack/serveFunction';
import { type CallWorld, debtorClaims, startCallWorld } from '../../support/callWorld';
import { TUESDAY } from '../../support/messageHarness';
import { seedChase, type SeededChase } from '../../support/seedChase';
import { hashOf } from '../../support/seedMessage';
import { newId } from '../../support/stripeEvents';

const DAY_MS = 24 * 3_600_000;
const CALL = 'requestDebtorRights';

describe("a debtor's request that is not done at once", () => {
  let world: CallWorld;
  let job: ServedFunction;
  beforeAll(async () => {
    world = await startCallWorld(CALL, 'saveClient', 'setClientConsent');
    job = await world.harness.serve('closeAccounts');
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
});

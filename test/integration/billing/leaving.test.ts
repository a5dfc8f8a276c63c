import { type ServedFunction } from '../../../local/stack/serveFunction';
import { type BillingWorld, startBillingWorld } from '../../support/billingWorld';

describe('a freelancer who leaves', () => {
  let world: BillingWorld;
  let job: ServedFunction;
  beforeAll(async () => {
    world = await startBillingWorld('deleteMyAccount');
    job = await world.harness.serve('closeAccounts');
  });
  afterAll(() => world.harness.stop());

  async function leave(uid: string): Promise<void> {
    expect(await world.call('deleteMyAccount', uid, {})).toMatchObject({ error: null });
    world.harness.travel(new Date(world.harness.now().getTime() + 72 * 3_600_000));
    await world.harness.run(job);
  }

  const asked = (method: string, path: string): number =>
    world.harness.sandbox
      .accepted('stripe')
      .filter((request) => request.method === method && request.path === path).length;

  it('is given no page on which he could begin to pay', async () => {
    const uid = await world.freelancer();
    expect(await world.call('deleteMyAccount', uid, {})).toMatchObject({ error: null });
    expect(await world.subscribe(uid, 'growth')).toMatchObject({ error: 'FAILED_PRECONDITION' });
  });

  it('pays no more, also for a subscription that we have not heard of', async () => {
    const uid = await world.freelancer();
    const { id } = await world.subscribed(uid, 'pro');
    await world.harness.db.doc(`users/${uid}`).update({ stripeSubscriptionId: null });
    await leave(uid);
    expect(asked('DELETE', `/v1/subscriptions/${id}`)).toBe(1);
  });
});

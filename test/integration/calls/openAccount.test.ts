import { type CallWorld, debtorClaims, startCallWorld } from '../../support/callWorld';
import { newId } from '../../support/stripeEvents';

describe('the first call of a freelancer whom no Clerk announces', () => {
  let world: CallWorld;
  beforeAll(async () => {
    world = await startCallWorld('saveClient');
  });
  afterAll(() => world.harness.stop());

  const client = { name: 'A Debtor', email: 'debtor@client.example', debtorKind: 'business' };

  it.each<[string, object, object]>([
    ['makes his account', {}, { role: 'user', status: 'active', timezone: 'Europe/London' }],
    [
      'adds to what he has saved himself',
      { name: 'Ada Free', timezone: 'Europe/Paris' },
      { role: 'user', status: 'active', name: 'Ada Free', timezone: 'Europe/Paris' },
    ],
    [
      'leaves what operators have written',
      { role: 'admin', status: 'suspended', subscriptionTier: 'growth' },
      { role: 'admin', status: 'suspended', subscriptionTier: 'growth' },
    ],
  ])('%s', async (_what, before, after) => {
    const uid = newId('user');
    const email = `${uid}@studio.example`;
    if (Object.keys(before).length > 0) await world.harness.db.doc(`users/${uid}`).set(before);
    expect((await world.call('saveClient', uid, client, debtorClaims(email))).error).toBeNull();
    const base = { subscriptionTier: 'free', collectionsEnabled: false, email };
    const account = await world.read(`users/${uid}`);
    expect(account).toMatchObject({ ...base, ...after });
    expect(account).toHaveProperty('createdAt');
  });
});

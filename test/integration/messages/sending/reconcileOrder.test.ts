import { type MessageHarness, TUESDAY } from '../../../support/messageHarness';
import { control } from '../../../support/sandboxControl';
import { localSetting } from '../../../support/sandboxSettings';
import { receiveSms } from '../../../support/sandboxTwilio';
import { newPhone } from '../../../support/seedChase';
import { seedReminder, type SeededReminder } from '../../../support/seedReminder';
import { type SendingWorld, startSendingWorld } from '../../../support/sendingWorld';

const MINUTE_MS = 60_000;

describe('reconcileMessages, short of time', () => {
  let world: SendingWorld;
  let harness: MessageHarness;
  beforeAll(async () => {
    world = await startSendingWorld();
    ({ harness } = world);
  });
  beforeEach(async () => {
    harness.travel(TUESDAY);
    await control(harness.sandbox, 'POST', 'reset');
    await harness.db.doc('reconciliations/twilio_inbound').delete();
  });
  afterAll(() => harness.stop());

  const reconcile = (): Promise<void> => harness.run(world.reconcileMessages);

  /** From now on each of Twilio's lists takes this long: of what came to us, or of what we sent. Milliseconds. */
  function slow(list: 'inbound' | 'outbound', ms: number): void {
    harness.sandbox.watch(async (_provider, { method, query }, proceed) => {
      await proceed();
      const isInbound = query['To'] === localSetting('TWILIO_FROM');
      if (method === 'GET' && isInbound === (list === 'inbound')) world.later(ms);
    });
  }

  /** Messages that Twilio took and that we know nothing of, to be looked up by now; and a STOP that got lost. */
  async function backlog(count: number): Promise<{ unknown: SeededReminder[]; stopped: string }> {
    const unknown = [];
    for (let n = 0; n < count; n += 1) {
      const seeded = await seedReminder(harness, 'sms');
      await world.fail('sms', { mode: 'accept_then_error' });
      await world.dispatch('sms', seeded.item);
      unknown.push(seeded);
    }
    const stopped = newPhone();
    await receiveSms(harness.sandbox, { from: stopped, body: 'STOP', lose: true });
    world.later(5 * MINUTE_MS);
    return { unknown, stopped };
  }
  const optOutOf = async (phone: string): Promise<unknown> =>
    (await world.read(`sms_opt_outs/${phone}`))['status'];
  const statusesOf = (all: SeededReminder[]): Promise<unknown[]> =>
    Promise.all(all.map(async ({ item }) => (await world.row(item))['status']));

  it('finds a lost STOP however many messages there are to look up', async () => {
    const { unknown, stopped } = await backlog(7);
    slow('outbound', 9 * MINUTE_MS);
    await reconcile();
    expect(await statusesOf(unknown)).toContain('unknown');
    expect(await optOutOf(stopped)).toBe('opted_out');
  });

  it('looks messages up however much has come in, and takes in the rest with the next run', async () => {
    const { unknown, stopped } = await backlog(1);
    slow('inbound', 5 * MINUTE_MS);
    await reconcile();
    expect([await statusesOf(unknown), await optOutOf(stopped)]).toEqual([['sent'], undefined]);
    slow('inbound', 0);
    await reconcile();
    expect(await optOutOf(stopped)).toBe('opted_out');
  });
});

import { type ContactWorld, startContactWorld } from '../../support/contactWorld';
import { hashOf } from '../../support/seedMessage';
import { newId } from '../../support/stripeEvents';
import { inboundFields, newMessageSid, postAsTwilio } from '../../support/twilioPost';

const FIRM = '2026-11-09';
const EARLIER = new Date('2026-11-10T09:00:00Z');

describe('sealing that is undone by a walk that was interrupted', () => {
  let world: ContactWorld;
  let admin: string;
  beforeAll(async () => {
    world = await startContactWorld();
    admin = newId('admin');
    await world.harness.db.doc(`users/${admin}`).set({ role: 'admin' });
  });
  beforeEach(() => setTo({ sealed: true }));
  afterAll(() => world.harness.stop());

  /** All functions know this setting from now on. */
  async function setTo(setting: object): Promise<void> {
    await world.harness.db.doc('system_config/contact_data').set(setting);
    world.restart();
  }

  /** Somebody says STOP while contact data is sealed. @returns his number */
  async function saidStop(): Promise<string> {
    const { phone } = await world.newOwing(await world.newFreelancer(), FIRM);
    const { origin } = await world.served('twilioSmsReply');
    await postAsTwilio(origin, { path: 'sms-reply', fields: inboundFields(phone, 'STOP', newMessageSid()) });
    expect(await world.read(`sms_opt_outs/${hashOf('sms', phone)}`)).toMatchObject({ status: 'opted_out' });
    return phone;
  }

  /** What an undoing left that ran out of time among the invoices: opt-outs come before those. */
  const leave = (from: Date) =>
    world.harness.db
      .doc('reconciliations/contact_data')
      .set({ to: 'clear', from, cursor: 'invoices/0', counts: {}, updatedAt: EARLIER });
  const undo = () => world.call('migrateContactData', admin, { to: 'clear' }, { admin: true });

  it('begins at the start if sealing was begun again in between: a STOP of that time is found', async () => {
    const phone = await saidStop();
    await leave(EARLIER);
    expect((await undo()).result).toMatchObject({ done: true });
    expect(await world.read(`sms_opt_outs/${phone}`)).toMatchObject({ status: 'opted_out' });
    expect(await world.read(`sms_opt_outs/${hashOf('sms', phone)}`)).toEqual({});
  });

  it('goes on where it was if nothing else was asked for', async () => {
    await saidStop();
    await setTo({ sealed: false, reverting: true, from: EARLIER });
    await leave(EARLIER);
    const { result } = await undo();
    expect(result).toMatchObject({
      done: true,
      counts: { 'invoices.changed': expect.any(Number) as number },
    });
    expect(Object.keys(result['counts'] as object)).not.toContain('sms_opt_outs.changed');
  });
});

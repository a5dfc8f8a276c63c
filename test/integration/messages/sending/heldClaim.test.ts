import { setTimeout } from 'node:timers/promises';
import { countOf } from '../../../faults/wire/fields';
import { type DoorWorld, startDoorWorld } from '../../../support/doorWorld';
import { type MessageHarness } from '../../../support/messageHarness';
import { hashOf } from '../../../support/seedMessage';
import { seedReminder, type SeededReminder } from '../../../support/seedReminder';

/** Of a commit: its second field. */
const WRITES = 2;
/** Nothing tells of a write that waits for a lock; one that does not wait is there after a tenth of this. */
const LOCKED_MS = 1_500;

type No = readonly [name: string, say: (harness: MessageHarness, seeded: SeededReminder) => Promise<unknown>];

const NOES: readonly No[] = [
  [
    'a STOP',
    ({ db }, { phone }) =>
      db.doc(`sms_opt_outs/${phone}`).create({
        phoneNumber: phone,
        status: 'opted_out',
        optedOutAt: new Date(),
        lastOptOutAt: new Date(),
        optOutMethod: 'sms_reply',
        messageSid: null,
        updatedAt: new Date(),
      }),
  ],
  [
    'a payment',
    ({ db }, { invoiceId }) => db.doc(`invoices/${invoiceId}`).update({ status: 'paid', amountPaid: 10_000 }),
  ],
  [
    'an objection to any contact',
    ({ db }, { email }) =>
      db.doc(`email_suppressions/${hashOf('email', email)}`).create({
        status: 'suppressed',
        reason: 'manual',
        since: new Date(),
        objectedAt: new Date(),
        updatedAt: new Date(),
      }),
  ],
  [
    'an account that chases no more',
    ({ db }, { freelancerId }) => db.doc(`users/${freelancerId}`).update({ collectionsEnabled: false }),
  ],
];

describe('a "no" that comes when the gate has looked and the claim is on its way', () => {
  let world: DoorWorld;
  beforeAll(async () => {
    world = await startDoorWorld('sendSms');
  });
  afterAll(() => world.stop());

  /** Holds the next commit that writes something. */
  function holdCommit(): { arrived: Promise<void>; release: () => void } {
    let arrive: () => void = () => undefined;
    let release: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    world.door.rule = async ({ method, request }) => {
      if (method === 'Commit' && countOf(request, WRITES) > 0) {
        arrive();
        await released;
      }
      return { kind: 'pass' };
    };
    return { arrived, release };
  }

  it.each(NOES)('%s: it waits for the claim, or the claim for it', async (_name, say) => {
    const { harness } = world;
    const seeded = await seedReminder(harness, 'sms');
    const held = holdCommit();
    const sending = harness.dispatch(harness.webhook, seeded.item.id);
    await held.arrived;
    const said = say(harness, seeded);
    const first = await Promise.race([
      said.then(() => 'the no' as const),
      setTimeout(LOCKED_MS, 'the claim' as const),
    ]);
    held.release();
    await said;
    await sending;
    const sent = harness.sent().filter(({ outboxId }) => outboxId === seeded.item.id).length;
    // As it is, the writer waits for the lock. A store that lets it through has to refuse the claim.
    expect({ first, sent }).toEqual({ first, sent: first === 'the no' ? 0 : 1 });
  });
});

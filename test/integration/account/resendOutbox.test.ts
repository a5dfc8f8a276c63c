import { type AdminWorld, startAdminWorld } from '../../support/adminWorld';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { invoiceParams } from '../../support/invoiceParams';
import { seedInvoice } from '../../support/seed';
import { hashOf, seedMessage } from '../../support/seedMessage';
import { newId } from '../../support/stripeEvents';

const REASON = 'asked for on the telephone';
const DAY_MS = 24 * 60 * 60 * 1000;

describe('resendOutbox', () => {
  let world: AdminWorld<'resendOutbox'>;
  let sendEmail: ServedFunction;
  let maintainQueues: ServedFunction;
  beforeAll(async () => {
    world = await startAdminWorld('resendOutbox');
    [sendEmail, maintainQueues] = await Promise.all([
      world.harness.serve('sendEmail'),
      world.harness.serve('maintainQueues'),
    ]);
  });
  afterAll(() => world.harness.stop());

  /** A receipt that did not arrive, of an invoice that is there. */
  async function receipt(fields: object) {
    const { db } = world.harness;
    const email = `${newId('debtor')}@client.example`;
    const { invoiceId, freelancerId } = await seedInvoice(db, { clientEmail: email, status: 'paid' });
    const ref = await seedMessage(db, 'email', email, {
      class: 'debtor_service',
      template: 'receipt',
      level: null,
      invoiceId,
      freelancerId,
      ...fields,
    });
    await ref.collection('private').doc('content').update({ params: invoiceParams });
    return { ref, email, invoiceId };
  }

  it.each([
    ['failed', { status: 'failed' }],
    ['suppressed', { status: 'suppressed' }],
    ['cancelled', { status: 'cancelled' }],
    ['unknown for good', { status: 'unknown', expiresAt: new Date(4e12) }],
  ])('has what is %s sent by a new item, through the gate', async (_what, fields) => {
    const { ref, email } = await receipt(fields);
    const answer = await world.ask('resendOutbox', { id: ref.id, reason: REASON });
    const outboxId = `${ref.id}_r1`;
    expect(answer).toMatchObject({ error: null, result: { id: ref.id, outboxId, status: 'pending' } });
    expect(await world.auditOf('resendOutbox', ref.id)).toEqual([
      expect.objectContaining({ actorId: world.admin, reason: REASON, allowed: true }),
    ]);
    expect(await world.harness.dispatch(sendEmail, outboxId)).toBeLessThan(300);
    expect(await world.read(`outbox/${outboxId}`)).toMatchObject({
      status: 'sent',
      resendOf: ref.id,
      recipientHash: hashOf('email', email),
    });
    expect(world.harness.sent().filter((sent) => sent.outboxId === outboxId)).toHaveLength(1);
    // What was is not touched, but for the count.
    expect(await world.read(`outbox/${ref.id}`)).toMatchObject({ status: fields.status, resends: 1 });
  });

  it.each([
    ['waits', { status: 'pending' }],
    ['is being sent', { status: 'sending' }],
    ['was sent', { status: 'sent', expiresAt: new Date(4e12) }],
    ['arrived', { status: 'delivered', expiresAt: new Date(4e12) }],
    ['may still be settled by a callback', { status: 'unknown' }],
  ])('leaves alone what %s', async (_what, fields) => {
    const { ref } = await receipt(fields);
    expect(await world.refusalOf('resendOutbox', { id: ref.id, reason: REASON })).toEqual([
      'FAILED_PRECONDITION',
      `The message ${ref.id} is ${fields.status}: it is not sent again.`,
    ]);
    expect(await world.exists(`outbox/${ref.id}_r1`)).toBe(false);
  });

  it('makes one new item of five requests at once, and a second one only when the first has failed too', async () => {
    const { ref } = await receipt({ status: 'failed' });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => world.ask('resendOutbox', { id: ref.id, reason: REASON })),
    );
    expect(answers.map(({ error }) => error).sort()).toEqual(
      [null, ...Array<string>(4).fill('FAILED_PRECONDITION')].sort(),
    );
    await world.harness.db.doc(`outbox/${ref.id}_r1`).update({ status: 'failed' });
    const second = await world.ask('resendOutbox', { id: `${ref.id}_r1`, reason: REASON });
    expect(second.result).toMatchObject({ outboxId: `${ref.id}_r2` });
    expect(await world.exists(`outbox/${ref.id}_r3`)).toBe(false);
  });

  it('sends nothing past a "no": the gate refuses the new item as it did the old one', async () => {
    const { ref, email } = await receipt({ status: 'suppressed' });
    await world.harness.db
      .doc(`email_suppressions/${hashOf('email', email)}`)
      .set({ status: 'suppressed', reason: 'unsubscribe', since: new Date() });
    await world.ask('resendOutbox', { id: ref.id, reason: REASON });
    await world.harness.dispatch(sendEmail, `${ref.id}_r1`);
    expect(await world.read(`outbox/${ref.id}_r1`)).toMatchObject({
      status: 'suppressed',
      reason: 'suppressed_address',
    });
  });

  it.each(['before', 'after'])('whose process dies %s the commit makes one item', async (when) => {
    const { ref } = await receipt({ status: 'failed' });
    const input = { id: ref.id, reason: REASON };
    const point = { before: 'resend.before-commit', after: 'resend.after-commit' }[when] ?? '';
    await world.crash('resendOutbox', point, world.admin, input, { admin: true });
    expect(await world.exists(`outbox/${ref.id}_r1`)).toBe(when === 'after');
    await world.ask('resendOutbox', input);
    expect(await world.read(`outbox/${ref.id}`)).toMatchObject({ resends: 1 });
    expect(await world.exists(`outbox/${ref.id}_r2`)).toBe(false);
  });

  it.each([
    ['has no words any more', 'The message has no content any more.', {}, null],
    ['is of a kind that is not sent any more', 'There is no such message any more.', { template: 'old' }, {}],
    [
      'is about an invoice that is gone',
      'There is no address for this message.',
      { invoiceId: 'no-such' },
      { params: {} },
    ],
    [
      'is for nobody',
      'There is no address for this message.',
      { class: 'freelancer_notice', freelancerId: null },
      { params: {} },
    ],
    ['is about nothing', 'There is no address for this message.', { invoiceId: null }, { params: {} }],
    [
      'is for a freelancer who is gone',
      'There is no address for this message.',
      { class: 'freelancer_notice', freelancerId: 'no-such' },
      { params: {} },
    ],
  ])('refuses what %s', async (_what, message, fields, content) => {
    const { ref } = await receipt({ status: 'failed', ...fields });
    const part = ref.collection('private').doc('content');
    if (content === null) await part.delete();
    else if ('params' in content) await part.set(content);
    expect(await world.refusalOf('resendOutbox', { id: ref.id, reason: REASON })).toEqual([
      'FAILED_PRECONDITION',
      message,
    ]);
    expect(await world.exists(`outbox/${ref.id}_r1`)).toBe(false);
  });

  it('sends a notice to the address that its freelancer has now, when it says no other', async () => {
    const { ref } = await receipt({
      status: 'failed',
      class: 'freelancer_notice',
      template: 'agency_offer',
    });
    const { freelancerId } = await world.read(`outbox/${ref.id}`);
    const email = `${newId('moved')}@studio.example`;
    await world.harness.db.doc(`users/${String(freelancerId)}`).update({ email });
    await ref.collection('private').doc('content').set({ params: {} });
    await world.ask('resendOutbox', { id: ref.id, reason: REASON });
    expect(await world.read(`outbox/${ref.id}_r1`)).toMatchObject({
      recipientHash: hashOf('email', email),
    });
  });

  it('has a reminder worded anew, for whom its invoice names', async () => {
    const { ref, email } = await receipt({
      status: 'failed',
      class: 'dunning',
      template: 'gentle',
      level: 'gentle',
      wordedLate: true,
    });
    await world.ask('resendOutbox', { id: ref.id, reason: REASON });
    expect(await world.read(`outbox/${ref.id}_r1`)).toMatchObject({
      wordedLate: true,
      recipientHash: hashOf('email', email),
    });
    expect(await world.exists(`outbox/${ref.id}_r1/private/content`)).toBe(false);
  });

  it('keeps the first message for as long as those that took its place are kept', async () => {
    const { harness } = world;
    const now = harness.now().getTime();
    const { ref } = await receipt({ status: 'failed', expiresAt: new Date(now + DAY_MS) });
    await world.ask('resendOutbox', { id: ref.id, reason: REASON });
    for (const n of [1, 2]) {
      const outboxId = `${ref.id}_r${n}`;
      await harness.db
        .doc(`outbox/${outboxId}`)
        .update({ status: 'failed', expiresAt: new Date(now + 90 * DAY_MS) });
      harness.travel(new Date(now + n * 2 * DAY_MS));
      await harness.run(maintainQueues);
      // Whichever of them is named, the next one follows the last.
      const answer = await world.ask('resendOutbox', { id: `${ref.id}_r1`, reason: REASON });
      expect(answer.result).toMatchObject({ outboxId: `${ref.id}_r${n + 1}` });
    }
    harness.travel(new Date(now));
  });

  it('begins anew with a repetition whose first message has expired', async () => {
    const { ref } = await receipt({ status: 'failed', resendOf: 'expired-long-ago' });
    const answer = await world.ask('resendOutbox', { id: ref.id, reason: REASON });
    expect(answer.result).toMatchObject({ outboxId: `${ref.id}_r1` });
  });

  it('wants a reason and a message that is there', async () => {
    const { ref } = await receipt({ status: 'failed' });
    expect((await world.ask('resendOutbox', { id: ref.id })).error).toBe('INVALID_ARGUMENT');
    expect(await world.refusalOf('resendOutbox', { id: 'no-such', reason: REASON })).toEqual([
      'NOT_FOUND',
      'There is no such message.',
    ]);
  });
});

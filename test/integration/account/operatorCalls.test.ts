import { type AdminWorld, startAdminWorld } from '../../support/adminWorld';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { seedInvoice } from '../../support/seed';
import { newPhone } from '../../support/seedChase';
import { hashOf, seedMessage, seedWaiting } from '../../support/seedMessage';
import { newId } from '../../support/stripeEvents';

const CALLS = [
  'listOutbox',
  'resendOutbox',
  'resolveUnappliedPayment',
  'setOptOut',
  'getInvoiceTimeline',
] as const;
type Call = (typeof CALLS)[number];

const REASON = 'asked for on the telephone';

describe("an operator's calls", () => {
  let world: AdminWorld<Call>;
  let sendEmail: ServedFunction;
  beforeAll(async () => {
    world = await startAdminWorld(...CALLS);
    sendEmail = await world.harness.serve('sendEmail');
  });
  afterAll(() => world.harness.stop());

  const inputs: Record<Call, object> = {
    listOutbox: {},
    resendOutbox: { id: 'receipt_pi_1', reason: REASON },
    resolveUnappliedPayment: { transactionId: 'pi_1', invoiceId: null, reason: REASON },
    setOptOut: { phone: '+447700900123', action: 'opt_out' },
    getInvoiceTimeline: { invoiceId: 'inv-1' },
  };

  it.each(CALLS)('%s is refused unless token and record both say admin', async (name) => {
    const user = await world.newAdmin({ role: 'user' });
    const suspended = await world.newAdmin({ status: 'suspended' });
    const changes = await world.changes(async () => {
      for (const [uid, claims] of [
        [world.admin, {}],
        [user, { admin: true }],
        [suspended, { admin: true }],
      ] as const) {
        const { error, message } = await world.call(name, uid, inputs[name], claims);
        expect([error, message]).toEqual(['PERMISSION_DENIED', 'This is for admins.']);
      }
    });
    expect(changes.map((path) => path.split('/')[0])).toEqual(['audit_log', 'audit_log']);
  });

  describe('listOutbox', () => {
    it('gives a page at a time of one status, the oldest first, and neither address nor words', async () => {
      const { db } = world.harness;
      const refs = [];
      for (let n = 0; n < 3; n += 1)
        refs.push(
          await seedMessage(db, 'email', `listed${n}@client.example`, {
            status: 'delivered',
            createdAt: new Date(1_000 + n),
            expiresAt: new Date(4e12),
          }),
        );
      await refs[1]?.update({ attempts: 'many', class: 7 });
      const first = (await world.ask('listOutbox', { status: 'delivered', limit: 2 })).result;
      const idsOf = (page: Record<string, unknown>) =>
        (page['messages'] as { id: string }[]).map(({ id }) => id);
      expect(idsOf(first)).toEqual(refs.slice(0, 2).map(({ id }) => id));
      expect(first).toMatchObject({ total: 3, next: refs[1]?.id });
      expect((first['messages'] as object[])[0]).toMatchObject({
        template: 'gentle',
        status: 'delivered',
        resendable: false,
        createdAt: new Date(1_000).toISOString(),
      });
      expect(JSON.stringify(first)).not.toMatch(/@|recipientHash|Debtor|params/);
      const second = (await world.ask('listOutbox', { status: 'delivered', limit: 2, after: first['next'] }))
        .result;
      expect([idsOf(second), second['next']]).toEqual([[refs[2]?.id], null]);
      expect(await world.auditOf('listOutbox', 'delivered')).toHaveLength(2);
    });

    it('shows what says almost nothing of itself, and refuses to go on from what is not there', async () => {
      const { db } = world.harness;
      await db.doc(`outbox/${newId('bare')}`).set({ status: 'cancelled', createdAt: new Date(0) });
      const { result } = await world.ask('listOutbox', { status: 'cancelled', limit: 1 });
      expect(result['messages']).toEqual([
        expect.objectContaining({ level: null, invoiceId: null, freelancerId: null, resendOf: null }),
      ]);
      expect(await world.refusalOf('listOutbox', { status: 'cancelled', after: 'no-such' })).toEqual([
        'NOT_FOUND',
        'There is no such message.',
      ]);
    });
  });

  describe('resendOutbox', () => {
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
      await ref
        .collection('private')
        .doc('content')
        .update({
          params: {
            clientName: 'A Debtor',
            businessName: 'Ada Studio',
            reference: 'INV-0001',
            amount: 10_000,
            currency: 'GBP',
          },
        });
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
      [
        'is of a kind that is not sent any more',
        'There is no such message any more.',
        { template: 'old' },
        {},
      ],
      [
        'is about an invoice that is gone',
        'There is no address for this message.',
        { invoiceId: 'no-such' },
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

  describe('setOptOut', () => {
    it('opts out by hand, cancels what waits, and leaves no number in the audit log', async () => {
      const { db } = world.harness;
      const phone = newPhone();
      const waiting = await seedWaiting(db, 'sms', phone);
      const answer = await world.ask('setOptOut', { phone: phone.replace('+44', '0'), action: 'opt_out' });
      expect(answer.result).toMatchObject({ status: 'opted_out', outcome: 'changed' });
      const auditId = String(answer.result['auditId']);
      expect(auditId).toMatch(/^manual_/);
      expect(await world.read(`sms_opt_outs/${phone}`)).toMatchObject({
        status: 'opted_out',
        optOutMethod: 'manual',
      });
      expect(await world.read(`sms_opt_out_audit/${auditId}`)).toMatchObject({
        action: 'opt_out',
        method: 'manual',
        applied: true,
      });
      expect((await waiting.get()).data()).toMatchObject({ status: 'cancelled', reason: 'opted_out' });
      expect(await world.auditOf('setOptOut:opt_out', hashOf('sms', phone))).toHaveLength(1);
      const rows = await db.collection('audit_log').get();
      expect(JSON.stringify(rows.docs.map((row) => row.data()))).not.toContain(phone.slice(4));

      expect(await world.refusalOf('setOptOut', { phone, action: 'opt_in' })).toEqual([
        'INVALID_ARGUMENT',
        'reason: an opt-in needs one',
      ]);
      expect((await world.read(`sms_opt_outs/${phone}`))['status']).toBe('opted_out');
      const back = await world.ask('setOptOut', { phone, action: 'opt_in', reason: REASON });
      expect(back.result).toMatchObject({ status: 'opted_in', outcome: 'changed' });
      expect((await world.read(`sms_opt_outs/${phone}`))['status']).toBe('opted_in');
      expect(await world.auditOf('setOptOut:opt_in', hashOf('sms', phone))).toEqual([
        expect.objectContaining({ reason: REASON }),
      ]);
    });

    it.each(['before', 'after'])('whose process dies %s the commit is asked for again', async (when) => {
      const phone = newPhone();
      const point = { before: 'set-opt-out.before-commit', after: 'set-opt-out.after-commit' }[when] ?? '';
      const input = { phone, action: 'opt_out' };
      await world.crash('setOptOut', point, world.admin, input, { admin: true });
      expect(await world.exists(`sms_opt_outs/${phone}`)).toBe(when === 'after');
      expect((await world.ask('setOptOut', input)).result).toMatchObject({ status: 'opted_out' });
    });
  });
});

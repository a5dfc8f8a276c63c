import { type AdminWorld, startAdminWorld } from '../../support/adminWorld';
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
  beforeAll(async () => {
    world = await startAdminWorld(...CALLS);
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
      await db.doc(`outbox/${newId('bare')}`).set({ status: 'cancelled', createdAt: null });
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

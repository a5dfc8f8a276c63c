import { type AdminWorld, startAdminWorld } from '../../support/adminWorld';
import { rowOf, rowRef, seedFailure } from '../../support/failedRows';
import { expireLease, scheduledAt, tickWell } from '../../support/jobTick';
import { moneyOf } from '../../support/moneyState';
import { seedInvoice } from '../../support/seed';
import { newPhone } from '../../support/seedChase';
import { hashOf } from '../../support/seedMessage';
import { newId } from '../../support/stripeEvents';
import { newPayment, says, type StripeEvent } from '../../support/stripePayment';
import { deliver } from '../../support/webhookHarness';

const CALLS = [
  'listFailedWebhooks',
  'replayFailedWebhook',
  'discardFailedWebhook',
  'releaseLease',
  'lookupOptOut',
] as const;

describe("an admin's calls", () => {
  let world: AdminWorld<(typeof CALLS)[number]>;
  beforeAll(async () => {
    world = await startAdminWorld(...CALLS);
  });
  afterAll(() => world.harness.stop());

  /** A payment whose event is a dead letter, and nothing is wrong with it any more. */
  async function deadLetter(
    fields: object = {},
  ): Promise<{ event: StripeEvent; invoiceId: string; id: string }> {
    const seeded = await seedInvoice(world.harness.db);
    const event = says.intentPaid(newPayment(seeded));
    await seedFailure(world.harness.db, event, {
      status: 'dead_letter',
      attempts: 8,
      nextRetryAt: null,
      ...fields,
    });
    return { event, invoiceId: seeded.invoiceId, id: `stripe_${event.id}` };
  }

  const inputs: Record<(typeof CALLS)[number], object> = {
    listFailedWebhooks: {},
    replayFailedWebhook: { id: 'stripe_evt_1' },
    discardFailedWebhook: { id: 'stripe_evt_1', reason: 'a test of ours' },
    releaseLease: { jobName: 'retry-webhooks' },
    lookupOptOut: { phone: '+447700900123' },
  };

  describe.each(CALLS)('%s', (name) => {
    it.each<[string, object, () => Promise<string>]>([
      ['nobody without the claim, whatever his record says', {}, () => world.newAdmin()],
      [
        'nobody whose record does not say so, whatever his token says',
        { admin: true },
        () => world.newAdmin({ role: 'user' }),
      ],
      ['nobody without a record', { admin: true }, () => Promise.resolve(newId('user'))],
      ['no admin who is suspended', { admin: true }, () => world.newAdmin({ status: 'suspended' })],
      ['no claim that is not exactly true', { admin: 'true' }, () => world.newAdmin()],
    ])('lets in %s', async (_who, claims, make) => {
      const uid = await make();
      const changes = await world.changes(async () => {
        const answer = await world.call(name, uid, inputs[name], claims as Record<string, unknown>);
        expect([answer.error, answer.message]).toEqual(['PERMISSION_DENIED', 'This is for admins.']);
      });
      // Who holds the claim and is no admin leaves a trace of his try; others can not fill the log.
      expect(changes.map((path) => path.split('/')[0])).toEqual(
        'admin' in claims && claims.admin === true ? ['audit_log'] : [],
      );
    });
  });

  describe('replayFailedWebhook', () => {
    it('applies a dead letter by the same use case as a retry, once, and writes down who did it', async () => {
      const { event, invoiceId, id } = await deadLetter();
      const answer = await world.ask('replayFailedWebhook', { id, reason: 'Stripe is back' });
      expect(answer).toMatchObject({ error: null, result: { id, outcome: 'resolved', code: null } });
      expect(await rowOf(world.harness.db, event)).toMatchObject({ status: 'resolved', attempts: 7 });
      expect(await moneyOf(world.harness.db, invoiceId)).toMatchObject({
        status: 'paid',
        amountPaid: 10_000,
      });
      expect(await world.exists(`processed_events/${id}`)).toBe(true);
      expect(await world.auditOf('replayFailedWebhook', id)).toEqual([
        expect.objectContaining({
          actorId: world.admin,
          allowed: true,
          reason: 'Stripe is back',
          via: 'call',
        }),
      ]);
      const again = await world.ask('replayFailedWebhook', { id });
      expect([again.error, again.message]).toEqual(['FAILED_PRECONDITION', 'This event was applied.']);
    });

    it('five at once are one payment', async () => {
      const { invoiceId, id } = await deadLetter();
      await Promise.all(Array.from({ length: 5 }, () => world.ask('replayFailedWebhook', { id })));
      expect(await moneyOf(world.harness.db, invoiceId)).toMatchObject({
        status: 'paid',
        amountPaid: 10_000,
      });
      expect((await world.harness.db.doc(`failed_webhooks/${id}`).get()).get('status')).toBe('resolved');
    });

    it('takes back what was discarded, which then does not expire any more', async () => {
      const { event, id } = await deadLetter({ status: 'discarded', expiresAt: new Date() });
      await world.ask('replayFailedWebhook', { id });
      const row = await rowOf(world.harness.db, event);
      expect(row['status']).toBe('resolved');
      expect((row['expiresAt'] as { toMillis(): number }).toMillis()).toBeGreaterThan(Date.now());
    });

    it('of one that still can not be used says why, and it stays a dead letter', async () => {
      const { event, invoiceId, id } = await deadLetter();
      await world.harness.db.doc(`invoices/${invoiceId}`).update({ amount: 'a lot' });
      const answer = await world.ask('replayFailedWebhook', { id });
      expect(answer.result).toEqual({ id, outcome: 'dead_letter', code: 'corrupt_document' });
      expect(await rowOf(world.harness.db, event)).toMatchObject({ status: 'dead_letter', attempts: 7 });
    });

    it('leaves one alone that is being tried at this moment', async () => {
      const { id } = await deadLetter({
        status: 'retrying',
        leaseOwner: 'another',
        leaseUntil: new Date(Date.now() + 60_000),
      });
      const answer = await world.ask('replayFailedWebhook', { id });
      expect([answer.error, answer.message]).toEqual([
        'FAILED_PRECONDITION',
        'This event is being tried at this moment.',
      ]);
    });

    it.each(['replay.after-due', 'retry.after-lease', 'retry.after-apply'])(
      'that is killed at %s is gone on with by the retries',
      async (crashPoint) => {
        const { event, invoiceId, id } = await deadLetter();
        await world.crash('replayFailedWebhook', crashPoint, world.admin, { id }, { admin: true });
        if (crashPoint === 'retry.after-lease')
          await rowRef(world.harness.db, event).update({ leaseUntil: new Date(0), nextRetryAt: new Date(0) });
        const job = await world.harness.serve('retryWebhooks');
        world.harness.travel(new Date(Date.now() + 60_000));
        await tickWell(job, scheduledAt(60));
        expect((await rowOf(world.harness.db, event))['status']).toBe('resolved');
        expect(await moneyOf(world.harness.db, invoiceId)).toMatchObject({
          status: 'paid',
          amountPaid: 10_000,
        });
      },
    );
  });

  describe('discardFailedWebhook', () => {
    it('sets an event aside with its reason; the provider may still deliver it', async () => {
      const { event, invoiceId, id } = await deadLetter();
      const answer = await world.ask('discardFailedWebhook', { id, reason: 'refunded by hand' });
      expect(answer).toMatchObject({ error: null, result: { id, status: 'discarded' } });
      expect(await rowOf(world.harness.db, event)).toMatchObject({
        status: 'discarded',
        discardReason: 'refunded by hand',
        discardedBy: world.admin,
        expiresAt: expect.anything() as unknown,
      });
      expect(await world.auditOf('discardFailedWebhook', id)).toHaveLength(1);
      expect(await world.exists(`processed_events/${id}`)).toBe(false);
      const webhook = await world.harness.serve('stripeWebhook');
      const [delivered] = await deliver(webhook.origin, event);
      expect(delivered?.status).toBe(200);
      expect(await moneyOf(world.harness.db, invoiceId)).toMatchObject({ status: 'paid' });
      expect(await rowOf(world.harness.db, event)).toMatchObject({ status: 'resolved' });
    });

    it('wants a reason', async () => {
      const { id } = await deadLetter();
      for (const input of [{ id }, { id, reason: '  ' }])
        expect((await world.ask('discardFailedWebhook', input)).error).toBe('INVALID_ARGUMENT');
    });

    it('says so when there is no such event', async () => {
      const answer = await world.ask('discardFailedWebhook', {
        id: 'stripe_evt_none',
        reason: 'a typing error',
      });
      expect([answer.error, answer.message]).toEqual(['NOT_FOUND', 'There is no such failed event.']);
    });
  });

  it('listFailedWebhooks gives a page at a time, without bytes, and corrupt rows too', async () => {
    const { db } = world.harness;
    const ids = [];
    for (let n = 0; n < 5; n += 1) {
      const { id } = await deadLetter({ status: 'discarded', createdAt: new Date(1_000 + n) });
      ids.push(id);
    }
    await db.doc(`failed_webhooks/${ids[1]}`).update({ attempts: 'many', lastError: 'text' });
    const first = (await world.ask('listFailedWebhooks', { status: 'discarded', limit: 3 })).result;
    const idsOf = (result: Record<string, unknown>) =>
      (result['events'] as { id: string }[]).map(({ id }) => id);
    expect(idsOf(first)).toEqual(ids.slice(0, 3));
    expect(first['next']).toBe(ids[2]);
    expect(JSON.stringify(first)).not.toMatch(/bytes|payload/);
    const second = (
      await world.ask('listFailedWebhooks', { status: 'discarded', limit: 3, after: first['next'] })
    ).result;
    expect(idsOf(second).slice(0, 2)).toEqual(ids.slice(3));
    expect(await world.auditOf('listFailedWebhooks', 'discarded')).toHaveLength(2);
  });

  it('releaseLease sets a job free that was killed, and stops a runner that was not', async () => {
    const { db } = world.harness;
    const lease = db.doc('cron_leases/retry-webhooks');
    const expiresAt = new Date(Date.now() + 600_000);
    await lease.set({
      owner: 'a-dead-one',
      token: 7,
      acquiredAt: new Date(),
      heartbeatAt: new Date(),
      expiresAt,
    });
    const answer = await world.ask('releaseLease', { jobName: 'retry-webhooks' });
    expect(answer.result).toEqual({ jobName: 'retry-webhooks', released: true });
    expect((await lease.get()).data()).toMatchObject({ owner: null, token: 7 });
    const job = await world.harness.serve('retryWebhooks');
    await tickWell(job, scheduledAt(70));
    expect((await lease.get()).data()).toMatchObject({ owner: null, token: 8 });
    expect((await world.ask('releaseLease', { jobName: 'retry-webhooks' })).result).toMatchObject({
      released: false,
    });
    expect((await world.ask('releaseLease', { jobName: 'no-such-job' })).error).toBe('NOT_FOUND');
    await expireLease(db);
  });

  it('lookupOptOut says what a number has said, and leaves no number in the log', async () => {
    const { db } = world.harness;
    const phone = newPhone();
    expect((await world.ask('lookupOptOut', { phone })).result).toEqual({
      status: 'unknown',
      optedOutAt: null,
      optedInAt: null,
      history: [],
    });
    const at = new Date('2026-11-20T09:00:00Z');
    await db.doc(`sms_opt_outs/${phone}`).set({ phoneNumber: phone, status: 'opted_out', optedOutAt: at });
    await db
      .doc('sms_opt_out_audit/SM1')
      .set({ phoneNumber: phone, action: 'opt_out', method: 'sms_reply', messageSid: 'SM1', timestamp: at });
    const answer = await world.ask('lookupOptOut', { phone: phone.replace('+44', '0') });
    expect(answer.result).toEqual({
      status: 'opted_out',
      optedOutAt: at.toISOString(),
      optedInAt: null,
      history: [{ id: 'SM1', action: 'opt_out', method: 'sms_reply', applied: true, at: at.toISOString() }],
    });
    expect(await world.auditOf('lookupOptOut', hashOf('sms', phone))).toHaveLength(2);
    const rows = await db.collection('audit_log').get();
    expect(JSON.stringify(rows.docs.map((row) => row.data()))).not.toContain(phone.slice(4));
  });
});

import { claimRejections } from '../../../functions/src/domain/messages/templates/claimRejection';
import { type CallWorld, debtorClaims, startCallWorld } from '../../support/callWorld';
import { moneyOf, toldOf } from '../../support/moneyState';
import { seedChase, type ChaseFields, type SeededChase } from '../../support/seedChase';
import { seedReminderOf } from '../../support/seedReminder';
import { type ServedFunction } from '../../../local/stack/serveFunction';

describe('a debtor who says that he has paid', () => {
  let world: CallWorld;
  let sendEmail: ServedFunction;
  beforeAll(async () => {
    world = await startCallWorld('claimPayment', 'verifyPaymentClaim', 'pauseEscalation');
    sendEmail = await world.harness.serve('sendEmail');
  });
  afterAll(() => world.harness.stop());

  const seed = (fields: ChaseFields = {}) => seedChase(world.harness.db, fields);
  const said = ({ invoiceId }: SeededChase, fields: object = {}) => ({
    invoiceId,
    amount: 10_000,
    method: 'bank_transfer',
    paidOn: '2026-11-20',
    reference: 'INV-0001 Debtor',
    ...fields,
  });
  const claim = (seeded: SeededChase, fields: object = {}) =>
    world.callAs('claimPayment', seeded.email, said(seeded, fields));
  const reject = (seeded: SeededChase, n = 1, reason = 'not_received') =>
    world.call('verifyPaymentClaim', seeded.freelancerId, {
      claimId: `${seeded.invoiceId}_${n}`,
      decision: 'rejected',
      reason,
    });
  const nextOf = async ({ invoiceId }: SeededChase): Promise<Date | null> => {
    const at = (await world.read(`invoices/${invoiceId}`))['nextActionAt'] as { toDate(): Date } | null;
    return at?.toDate() ?? null;
  };

  it('stops the chase at once, and both sides are told; five at once are one claim', async () => {
    const seeded = await seed();
    const reminder = await seedReminderOf(world.harness, seeded, 'email');
    const answers = await Promise.all(Array.from({ length: 5 }, () => claim(seeded)));
    const claimId = `${seeded.invoiceId}_1`;
    for (const { error, result } of answers)
      expect([error, result]).toEqual([
        null,
        { claimId, status: 'pending_verification', verificationDeadline: '2026-11-26T10:00:00.000Z' },
      ]);
    expect(await world.read(`payment_claims/${claimId}`)).toMatchObject({
      invoiceId: seeded.invoiceId,
      freelancerId: seeded.freelancerId,
      clientEmail: seeded.email,
      amount: 10_000,
      currency: 'GBP',
      method: 'bank_transfer',
      paidOn: '2026-11-20',
      reference: 'INV-0001 Debtor',
      status: 'pending_verification',
    });
    expect(await world.read(`invoices/${seeded.invoiceId}`)).toMatchObject({
      paymentClaimStatus: 'pending_verification',
      nextActionAt: null,
    });
    expect(await moneyOf(world.harness.db, seeded.invoiceId)).toMatchObject({ paused: 'payment_claim' });
    expect(await toldOf(world.harness.db, seeded.freelancerId)).toEqual({
      notifications: ['payment_claim'],
      outbox: ['claim_received', 'claim_to_verify', 'gentle'],
      timeline: ['paused'],
    });
    await world.harness.dispatch(sendEmail, reminder.id);
    expect(await world.read(reminder.path)).toMatchObject({ status: 'cancelled', reason: 'claimed' });
    for (const template of ['claim_received', 'claim_to_verify']) {
      await world.harness.dispatch(sendEmail, `${template}_${claimId}`);
      expect(await world.read(`outbox/${template}_${claimId}`)).toMatchObject({ status: 'sent' });
    }
    // Other words while it is looked at are not a second claim.
    expect((await claim(seeded, { amount: 1 })).error).toBe('FAILED_PRECONDITION');
  });

  it('is answered with a reason: the chase goes on after three days, and a third claim is refused', async () => {
    const lastEscalatedAt = new Date('2026-11-23T10:00:00Z');
    // Firm is due since the 20th.
    const seeded = await seed({ invoice: { dueDate: '2026-11-05' }, chase: { lastEscalatedAt } });
    await claim(seeded);
    const answers = await Promise.all(Array.from({ length: 5 }, () => reject(seeded)));
    for (const answer of answers)
      expect(answer).toMatchObject({ error: null, result: { status: 'rejected' } });
    expect(await world.read(`payment_claims/${seeded.invoiceId}_1`)).toMatchObject({
      status: 'rejected',
      rejectionReason: 'not_received',
    });
    expect(await nextOf(seeded)).toEqual(new Date('2026-11-26T10:00:00Z'));
    const told = await toldOf(world.harness.db, seeded.freelancerId);
    expect(told.timeline).toEqual(['paused', 'resumed']);
    expect(told.outbox).toEqual(['claim_received', 'claim_rejected', 'claim_to_verify']);
    await world.harness.dispatch(sendEmail, `claim_rejected_${seeded.invoiceId}_1`);
    expect(await world.read(`outbox/claim_rejected_${seeded.invoiceId}_1`)).toMatchObject({ status: 'sent' });

    expect((await reject(seeded, 1, 'other')).error).toBe('FAILED_PRECONDITION');
    expect(await claim(seeded)).toMatchObject({ error: null, result: { claimId: `${seeded.invoiceId}_2` } });
    expect((await reject(seeded, 2)).error).toBeNull();
    const changed = await world.changes(async () => {
      expect(await claim(seeded)).toMatchObject({
        error: 'FAILED_PRECONDITION',
        message: 'You have told us of payments twice already. Please contact the business directly.',
      });
    });
    expect(changed).toEqual([]);
  });

  it.each(claimRejections)('is told of each reason in its own words: %s', async (reason) => {
    const seeded = await seed();
    await claim(seeded);
    expect((await reject(seeded, 1, reason)).error).toBeNull();
    await world.harness.dispatch(sendEmail, `claim_rejected_${seeded.invoiceId}_1`);
    expect(await world.read(`outbox/claim_rejected_${seeded.invoiceId}_1`)).toMatchObject({ status: 'sent' });
  });

  it('does not start a chase that the freelancer had paused himself', async () => {
    const seeded = await seed();
    await world.call('pauseEscalation', seeded.freelancerId, { invoiceId: seeded.invoiceId });
    await claim(seeded);
    expect(await moneyOf(world.harness.db, seeded.invoiceId)).toMatchObject({ paused: 'payment_claim' });
    await reject(seeded);
    expect(await moneyOf(world.harness.db, seeded.invoiceId)).toMatchObject({
      paused: 'manual',
      chase: 'off',
    });
  });

  it.each(['paid', 'disputed', 'refunded'])('is refused where the invoice is %s', async (status) => {
    const seeded = await seed({ invoice: { status } });
    const changed = await world.changes(async () => {
      expect((await claim(seeded)).error).toBe('FAILED_PRECONDITION');
    });
    expect(changed).toEqual([]);
  });

  it.each(['draft', 'cancelled'])('may not even see that it is %s', async (status) => {
    const seeded = await seed({ invoice: { status } });
    expect((await claim(seeded)).error).toBe('PERMISSION_DENIED');
  });

  it('has to be the debtor of that invoice, with a verified address', async () => {
    const [seeded, other] = [await seed(), await seed()];
    const { email, freelancerId } = seeded;
    const changed = await world.changes(async () => {
      expect((await world.callAs('claimPayment', email, said(seeded), false)).error).toBe(
        'PERMISSION_DENIED',
      );
      expect((await world.callAs('claimPayment', other.email, said(seeded))).error).toBe('PERMISSION_DENIED');
      expect((await world.call('claimPayment', freelancerId, said(seeded))).error).toBe('PERMISSION_DENIED');
      expect((await claim(seeded, { invoiceId: 'none' })).error).toBe('NOT_FOUND');
      for (const wrong of [{ method: 'card' }, { amount: -1 }, { paidOn: '2026-11-25' }, { currency: 'GBP' }])
        expect((await claim(seeded, wrong)).error).toBe('INVALID_ARGUMENT');
    });
    expect(changed).toEqual([]);
    expect((await world.callAs('claimPayment', email.toUpperCase(), said(seeded))).error).toBeNull();
  });

  it.each(['before-commit', 'after-commit'])('whose call dies %s has made one claim', async (at) => {
    const seeded = await seed();
    await world.crash(
      'claimPayment',
      `claim-payment.${at}`,
      'debtor',
      said(seeded),
      debtorClaims(seeded.email),
    );
    expect(await world.exists(`payment_claims/${seeded.invoiceId}_1`)).toBe(at === 'after-commit');
    expect(await claim(seeded)).toMatchObject({ error: null, result: { claimId: `${seeded.invoiceId}_1` } });
    const told = await toldOf(world.harness.db, seeded.freelancerId);
    expect(told.outbox).toEqual(['claim_received', 'claim_to_verify']);
  });
});

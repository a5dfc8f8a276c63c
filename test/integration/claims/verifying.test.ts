import { type CallWorld, startCallWorld } from '../../support/callWorld';
import { moneyOf, toldOf } from '../../support/moneyState';
import { seedChase, type ChaseFields, type SeededChase } from '../../support/seedChase';
import { newDispute, newPayment, says } from '../../support/stripePayment';
import { deliver } from '../../support/webhookHarness';
import { type ServedFunction } from '../../../local/stack/serveFunction';

describe('a freelancer who answers a claim', () => {
  let world: CallWorld;
  let stripeWebhook: ServedFunction;
  beforeAll(async () => {
    world = await startCallWorld('verifyPaymentClaim', 'claimPayment');
    stripeWebhook = await world.harness.serve('stripeWebhook');
  });
  afterAll(() => world.harness.stop());

  async function seedClaimed(fields: ChaseFields = {}): Promise<SeededChase & { claimId: string }> {
    const seeded = await seedChase(world.harness.db, fields);
    const { invoiceId, email } = seeded;
    const said = { invoiceId, amount: 10_000, method: 'cheque', paidOn: '2026-11-20' };
    expect((await world.callAs('claimPayment', email, said)).error).toBeNull();
    return { ...seeded, claimId: `${invoiceId}_1` };
  }
  type Claimed = Awaited<ReturnType<typeof seedClaimed>>;
  const answer = ({ freelancerId, claimId }: Claimed, fields: object = { decision: 'verified' }) =>
    world.call('verifyPaymentClaim', freelancerId, { claimId, ...fields });
  const rejected = { decision: 'rejected', reason: 'not_received' };

  it('confirms it: a payment as any other, once, and the chase is closed', async () => {
    const claimed = await seedClaimed();
    const answers = await Promise.all(Array.from({ length: 5 }, () => answer(claimed)));
    const { claimId, invoiceId } = claimed;
    for (const { error, result } of answers)
      expect([error, result]).toEqual([null, { claimId, status: 'verified', invoiceStatus: 'paid' }]);
    expect(await moneyOf(world.harness.db, invoiceId)).toMatchObject({
      status: 'paid',
      amountPaid: 10_000,
      chase: 'off',
      closed: 'paid',
    });
    expect(await world.read(`transactions/manual_claim_${claimId}`)).toMatchObject({
      applied: true,
      method: 'cheque',
      paidOn: '2026-11-20',
    });
    expect(await world.read(`payment_claims/${claimId}`)).toMatchObject({
      status: 'verified',
      verifiedAmount: 10_000,
    });
    expect((await world.read(`invoices/${invoiceId}`))['paymentClaimStatus']).toBe('verified');
    expect(await toldOf(world.harness.db, claimed.freelancerId)).toEqual({
      notifications: ['payment_claim', 'payment_received'],
      outbox: ['claim_received', 'claim_to_verify', 'claim_verified', 'receipt'],
      timeline: ['paused', 'payment_received'],
    });
    expect((await answer(claimed, rejected)).error).toBe('FAILED_PRECONDITION');
  });

  it('confirms a part of it: the chase goes on with what is left', async () => {
    const claimed = await seedClaimed();
    const part = { decision: 'verified', amount: 4_000 };
    expect(await answer(claimed, part)).toMatchObject({
      error: null,
      result: { invoiceStatus: 'in_collections' },
    });
    expect(await moneyOf(world.harness.db, claimed.invoiceId)).toMatchObject({
      amountPaid: 4_000,
      chase: 'on',
      paused: null,
      closed: null,
    });
    const content = await world.read(`outbox/claim_verified_${claimed.claimId}/private/content`);
    expect(content['params']).toMatchObject({ amount: 4_000, outstanding: 6_000 });
    expect((await toldOf(world.harness.db, claimed.freelancerId)).timeline).toEqual([
      'paused',
      'payment_received',
      'resumed',
    ]);
    expect((await answer(claimed, part)).error).toBeNull();
    expect((await answer(claimed)).error).toBe('FAILED_PRECONDITION');
  });

  it.each([
    ['verified', 'verified'],
    ['rejected', 'verified'],
  ])('and %s at the same time as %s has one effect', async (first) => {
    const claimed = await seedClaimed();
    const answers = await Promise.all([
      answer(claimed, first === 'verified' ? { decision: 'verified', amount: 5_000 } : rejected),
      answer(claimed),
    ]);
    expect(answers.filter(({ error }) => error === null)).toHaveLength(1);
    expect(answers.find(({ error }) => error !== null)?.error).toBe('FAILED_PRECONDITION');
    const { amountPaid } = await moneyOf(world.harness.db, claimed.invoiceId);
    const { status, verifiedAmount = 0 } = await world.read(`payment_claims/${claimed.claimId}`);
    expect(amountPaid).toBe(status === 'rejected' ? 0 : verifiedAmount);
  });

  it('while Stripe tells of a payment: it is paid, and the claim is answered, whoever is first', async () => {
    for (const reply of [{ decision: 'verified' }, rejected, { decision: 'verified' }, rejected]) {
      const claimed = await seedClaimed();
      const [call] = await Promise.all([
        answer(claimed, reply),
        deliver(stripeWebhook.origin, says.sessionPaid(newPayment(claimed))),
      ]);
      expect(await moneyOf(world.harness.db, claimed.invoiceId)).toMatchObject({
        status: 'paid',
        closed: 'paid',
        chase: 'off',
      });
      const { status } = await world.read(`payment_claims/${claimed.claimId}`);
      expect(status).toBe(call.error === null ? reply.decision : 'resolved');
    }
  });

  it('while the debtor claims, a payment wins as well', async () => {
    for (let round = 0; round < 4; round += 1) {
      const seeded = await seedChase(world.harness.db);
      const { invoiceId, email } = seeded;
      const [call] = await Promise.all([
        world.callAs('claimPayment', email, { invoiceId, amount: 1, method: 'cash', paidOn: '2026-11-20' }),
        deliver(stripeWebhook.origin, says.sessionPaid(newPayment(seeded))),
      ]);
      expect(await moneyOf(world.harness.db, invoiceId)).toMatchObject({ status: 'paid', closed: 'paid' });
      const claim = await world.read(`payment_claims/${invoiceId}_1`);
      expect(claim['status']).toBe(call.error === null ? 'resolved' : undefined);
    }
  });

  it('leaves the pause of a bank dispute when he rejects it meanwhile', async () => {
    const claimed = await seedClaimed();
    const payment = newPayment(claimed, 4_000);
    const dispute = newDispute(4_000);
    const tell = (event: object) => deliver(stripeWebhook.origin, event);
    await tell(says.sessionPaid(payment));
    await tell(says.dispute(payment, 'created', dispute, 'needs_response'));
    expect((await answer(claimed, rejected)).error).toBeNull();
    expect(await moneyOf(world.harness.db, claimed.invoiceId)).toMatchObject({
      status: 'disputed',
      paused: 'dispute',
      chase: 'off',
    });
    await tell(says.dispute(payment, 'closed', dispute, 'won'));
    expect(await moneyOf(world.harness.db, claimed.invoiceId)).toMatchObject({
      status: 'in_collections',
      paused: null,
      chase: 'on',
    });
  });

  it.each(['expired', 'resolved'])('too late, when it is %s, gets a clear answer', async (status) => {
    const claimed = await seedClaimed();
    await world.harness.db.doc(`payment_claims/${claimed.claimId}`).update({ status });
    const changed = await world.changes(async () => {
      for (const reply of [{ decision: 'verified' }, rejected])
        expect((await answer(claimed, reply)).error).toBe('FAILED_PRECONDITION');
    });
    expect(changed).toEqual([]);
  });

  it('has to be its freelancer, and to answer as agreed', async () => {
    const claimed = await seedClaimed();
    const { claimId, email } = claimed;
    const changed = await world.changes(async () => {
      const reply = { claimId, decision: 'verified' };
      expect((await world.call('verifyPaymentClaim', 'somebody-else', reply)).error).toBe(
        'PERMISSION_DENIED',
      );
      expect((await world.callAs('verifyPaymentClaim', email, reply)).error).toBe('PERMISSION_DENIED');
      expect((await answer({ ...claimed, claimId: 'none' })).error).toBe('NOT_FOUND');
      for (const wrong of [
        { decision: 'rejected' },
        { decision: 'rejected', reason: 'he lies' },
        { decision: 'verified', amount: 0 },
        { decision: 'verified', reason: 'other' },
        { decision: 'maybe' },
      ])
        expect((await answer(claimed, wrong)).error).toBe('INVALID_ARGUMENT');
    });
    expect(changed).toEqual([]);
  });

  it.each([
    ['verified', 'before-commit'],
    ['verified', 'after-commit'],
    ['rejected', 'before-commit'],
    ['rejected', 'after-commit'],
  ])('whose call (%s) dies %s has answered once', async (decision, at) => {
    const claimed = await seedClaimed();
    const reply = decision === 'verified' ? { decision } : rejected;
    const point = decision === 'verified' ? 'verify-claim' : 'reject-claim';
    const { claimId, freelancerId } = claimed;
    await world.crash('verifyPaymentClaim', `${point}.${at}`, freelancerId, { claimId, ...reply });
    expect((await answer(claimed, reply)).error).toBeNull();
    const { outbox } = await toldOf(world.harness.db, freelancerId);
    expect(outbox.filter((template) => template === `claim_${decision}`)).toHaveLength(1);
  });
});

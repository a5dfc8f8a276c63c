import { type CallWorld, debtorClaims, startCallWorld } from '../../support/callWorld';
import { moneyOf, toldOf } from '../../support/moneyState';
import { seedChase, type ChaseFields, type SeededChase } from '../../support/seedChase';
import { seedReminderOf } from '../../support/seedReminder';
import { newDispute, newPayment, says } from '../../support/stripePayment';
import { deliver } from '../../support/webhookHarness';
import { type ServedFunction } from '../../../local/stack/serveFunction';

const REASON = 'The logo is in the wrong colour.';

describe('a dispute that the debtor opens', () => {
  let world: CallWorld;
  let stripeWebhook: ServedFunction;
  let sendEmail: ServedFunction;
  beforeAll(async () => {
    world = await startCallWorld('openDispute', 'closeDispute');
    [stripeWebhook, sendEmail] = await Promise.all([
      world.harness.serve('stripeWebhook'),
      world.harness.serve('sendEmail'),
    ]);
  });
  afterAll(() => world.harness.stop());

  const seed = (fields: ChaseFields = {}) => seedChase(world.harness.db, fields);
  const open = ({ invoiceId, email }: SeededChase, reason = REASON) =>
    world.callAs('openDispute', email, { invoiceId, reason });
  const close = ({ invoiceId, freelancerId }: SeededChase) =>
    world.call('closeDispute', freelancerId, { invoiceId });
  const tell = (event: object) => deliver(stripeWebhook.origin, event);
  const money = ({ invoiceId }: SeededChase) => moneyOf(world.harness.db, invoiceId);

  it('stops the chase and is told once; closed, the chase goes on', async () => {
    const seeded = await seed();
    const { invoiceId, freelancerId } = seeded;
    const reminder = await seedReminderOf(world.harness, seeded, 'email');
    for (const { error, result } of await Promise.all(Array.from({ length: 5 }, () => open(seeded))))
      expect([error, result]).toEqual([null, { invoiceId, status: 'disputed' }]);
    expect(await money(seeded)).toMatchObject({ status: 'disputed', paused: 'dispute', chase: 'off' });
    expect(await world.read(`invoices/${invoiceId}`)).toMatchObject({
      disputedBy: 'debtor',
      dispute: { n: 1, reason: REASON, closedAt: null },
    });
    expect(await toldOf(world.harness.db, freelancerId)).toEqual({
      notifications: ['invoice_disputed'],
      outbox: ['gentle', 'invoice_disputed'],
      timeline: ['paused'],
    });
    await world.harness.dispatch(sendEmail, reminder.id);
    expect(await world.read(reminder.path)).toMatchObject({ status: 'cancelled', reason: 'disputed' });
    await world.harness.dispatch(sendEmail, `invoice_disputed_${invoiceId}_1`);
    expect(await world.read(`outbox/invoice_disputed_${invoiceId}_1`)).toMatchObject({ status: 'sent' });

    const closed = await Promise.all([close(seeded), close(seeded)]);
    for (const answer of closed)
      expect(answer).toMatchObject({ error: null, result: { status: 'in_collections' } });
    expect(await money(seeded)).toMatchObject({ status: 'in_collections', paused: null, chase: 'on' });
    expect((await toldOf(world.harness.db, freelancerId)).timeline).toEqual(['paused', 'resumed']);

    // Once more, and then no more.
    expect((await open(seeded)).error).toBeNull();
    expect(await world.exists(`outbox/invoice_disputed_${invoiceId}_2`)).toBe(true);
    await close(seeded);
    expect((await open(seeded)).error).toBe('FAILED_PRECONDITION');
  });

  it('outlives a bank dispute that comes after it', async () => {
    const seeded = await seed();
    const payment = newPayment(seeded, 4_000);
    const dispute = newDispute(4_000);
    await tell(says.sessionPaid(payment));
    await open(seeded);
    await tell(says.dispute(payment, 'created', dispute, 'needs_response'));
    await tell(says.dispute(payment, 'closed', dispute, 'won'));
    expect(await money(seeded)).toMatchObject({ status: 'disputed', paused: 'dispute', chase: 'off' });
    expect(await close(seeded)).toMatchObject({ error: null, result: { status: 'in_collections' } });
    expect(await money(seeded)).toMatchObject({ status: 'in_collections', paused: null, chase: 'on' });
  });

  it('ends without ending a bank dispute that was there before, which goes on alone', async () => {
    const seeded = await seed();
    const payment = newPayment(seeded, 4_000);
    const dispute = newDispute(4_000);
    await tell(says.sessionPaid(payment));
    await tell(says.dispute(payment, 'created', dispute, 'needs_response'));
    expect(await close(seeded)).toMatchObject({
      error: 'FAILED_PRECONDITION',
      message: 'This dispute is at the bank, and is decided there.',
    });
    expect((await open(seeded)).error).toBeNull();
    expect(await close(seeded)).toMatchObject({ error: null, result: { status: 'disputed' } });
    expect(await money(seeded)).toMatchObject({ status: 'disputed', paused: 'dispute', chase: 'off' });
    await tell(says.dispute(payment, 'closed', dispute, 'won'));
    expect(await money(seeded)).toMatchObject({ status: 'in_collections', paused: null, chase: 'on' });
  });

  it('of an invoice with a bank dispute outlives that one, too', async () => {
    const seeded = await seed();
    const payment = newPayment(seeded, 4_000);
    const dispute = newDispute(4_000);
    await tell(says.sessionPaid(payment));
    await tell(says.dispute(payment, 'created', dispute, 'needs_response'));
    await open(seeded);
    await tell(says.dispute(payment, 'closed', dispute, 'won'));
    expect(await money(seeded)).toMatchObject({ status: 'disputed', paused: 'dispute', chase: 'off' });
    await close(seeded);
    expect(await money(seeded)).toMatchObject({ status: 'in_collections', paused: null, chase: 'on' });
  });

  it('is over when the invoice is paid in full', async () => {
    const seeded = await seed();
    await open(seeded);
    await tell(says.sessionPaid(newPayment(seeded)));
    expect(await money(seeded)).toMatchObject({ status: 'paid', closed: 'paid' });
    expect(await world.read(`invoices/${seeded.invoiceId}`)).toMatchObject({ disputedBy: null });
    expect(await close(seeded)).toMatchObject({ error: null, result: { status: 'paid' } });
  });

  it('does not start a chase that the freelancer had paused himself', async () => {
    const seeded = await seed({ chase: { isPaused: true, pauseReason: 'manual' } });
    await open(seeded);
    await close(seeded);
    expect(await money(seeded)).toMatchObject({ status: 'in_collections', paused: 'manual', chase: 'off' });
  });

  it.each<[string, ChaseFields]>([
    ['paid', { invoice: { status: 'paid' } }],
    ['refunded', { invoice: { status: 'refunded' } }],
    ['claimed to be paid', { invoice: { paymentClaimStatus: 'pending_verification' } }],
  ])('is refused for what is %s', async (_, fields) => {
    const seeded = await seed(fields);
    const changed = await world.changes(async () => {
      expect((await open(seeded)).error).toBe('FAILED_PRECONDITION');
    });
    expect(changed).toEqual([]);
  });

  it('is for the debtor to open and for the freelancer to close', async () => {
    const seeded = await seed();
    const { invoiceId, email, freelancerId } = seeded;
    const input = { invoiceId, reason: REASON };
    const changed = await world.changes(async () => {
      expect((await world.callAs('openDispute', email, input, false)).error).toBe('PERMISSION_DENIED');
      expect((await world.callAs('openDispute', 'eve@client.example', input)).error).toBe(
        'PERMISSION_DENIED',
      );
      expect((await world.call('openDispute', freelancerId, input)).error).toBe('PERMISSION_DENIED');
      expect((await open(seeded, ' ')).error).toBe('INVALID_ARGUMENT');
      expect((await open(seeded, 'x'.repeat(1_001))).error).toBe('INVALID_ARGUMENT');
      expect((await world.call('closeDispute', 'somebody-else', { invoiceId })).error).toBe(
        'PERMISSION_DENIED',
      );
      expect((await world.callAs('closeDispute', email, { invoiceId })).error).toBe('PERMISSION_DENIED');
      expect((await close({ ...seeded, invoiceId: 'none' })).error).toBe('NOT_FOUND');
    });
    expect(changed).toEqual([]);
  });

  it.each(['before-commit', 'after-commit'])('whose calls die %s is opened and closed once', async (at) => {
    const seeded = await seed();
    const { invoiceId, email, freelancerId } = seeded;
    const input = { invoiceId, reason: REASON };
    await world.crash('openDispute', `open-dispute.${at}`, 'debtor', input, debtorClaims(email));
    expect((await open(seeded)).error).toBeNull();
    await world.crash('closeDispute', `close-dispute.${at}`, freelancerId, { invoiceId });
    expect((await close(seeded)).error).toBeNull();
    const { outbox, timeline } = await toldOf(world.harness.db, freelancerId);
    expect([outbox, timeline]).toEqual([['invoice_disputed'], ['paused', 'resumed']]);
  });
});

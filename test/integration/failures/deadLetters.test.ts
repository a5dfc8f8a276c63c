import { keptBytes, rowOf, seedFailure } from '../../support/failedRows';
import { changedBetween, everyDocument, moneyOf } from '../../support/moneyState';
import { type SeededInvoice, seedInvoice } from '../../support/seed';
import { newId } from '../../support/stripeEvents';
import { newPayment, says, type StripeEvent } from '../../support/stripePayment';
import { deliver, type Harness, startHarness } from '../../support/webhookHarness';

describe('a verified event that can not be used', () => {
  let harness: Harness;
  let invoice: SeededInvoice;
  beforeAll(async () => {
    harness = await startHarness();
    invoice = await seedInvoice(harness.db);
  });
  afterAll(() => harness.stop());

  /** The event with fields of its envelope replaced; undefined leaves one out. */
  const paid = (more: Record<string, unknown>): StripeEvent => ({
    ...says.sessionPaid(newPayment(invoice)),
    ...more,
  });
  const session = (fields: Record<string, unknown>): StripeEvent =>
    says.session(newPayment(invoice), 'completed', fields);

  const unusable: [string, () => StripeEvent][] = [
    ['a paid session without a payment', () => session({ payment_intent: null })],
    ['a paid session without an amount', () => session({ amount_total: null })],
    ['a negative amount', () => session({ amount_total: -1 })],
    ['an amount of half a penny', () => session({ amount_total: 10_000.5 })],
    ['an amount past what a number holds exactly', () => session({ amount_total: 2 ** 53 })],
    ['an amount as text', () => session({ amount_total: '10000' })],
    ['a currency of four letters', () => session({ currency: 'gbpx' })],
    ['a payment whose id is a path', () => session({ payment_intent: '../invoices/x' })],
    ['an object that is text', () => paid({ data: { object: 'cs_1' } })],
    ['an object that is a list', () => paid({ data: { object: [] } })],
    ['no object', () => paid({ data: {} })],
    ['no data', () => paid({ data: undefined })],
    ['no type', () => paid({ type: undefined })],
    ['a number for a type', () => paid({ type: 7 })],
    ['no livemode', () => paid({ livemode: undefined })],
  ];

  it.each(unusable)('%s: 200, kept as a dead letter, no claim', async (_name, make) => {
    const event = make();
    const before = await everyDocument(harness.db);
    const [answer] = await deliver(harness.webhook.origin, event);
    expect([answer?.status, answer?.body]).toEqual([200, { received: true, duplicate: false }]);
    const path = `failed_webhooks/stripe_${event.id}`;
    // Everything that changed in the whole project; above all no claim, and no money.
    expect(changedBetween(before, await everyDocument(harness.db))).toEqual([
      path,
      `${path}/private/payload`,
    ]);
    const row = await rowOf(harness.db, event);
    expect(row).toMatchObject({
      status: 'dead_letter',
      nextRetryAt: null,
      lastError: { code: 'unusable_event' },
    });
    expect(row['eventType']).toBe(typeof event['type'] === 'string' ? event['type'] : 'unknown');
    expect(row).not.toHaveProperty('expiresAt');
    expect(await keptBytes(harness.db, event)).toBe(JSON.stringify(event));
  });

  it('says so in an alert', async () => {
    const event = session({ payment_intent: null });
    await deliver(harness.webhook.origin, event);
    const line = harness.webhook
      .logTail(50)
      .split('\n')
      .find((text) => text.includes(event.id) && text.includes('"alert":"dead_letter"'));
    expect(line).toMatch(/"severity":"ERROR".*unusable_event/);
  });

  it('delivered again stays what it is, and one row', async () => {
    const event = session({ payment_intent: null });
    await deliver(harness.webhook.origin, event);
    const first = await rowOf(harness.db, event);
    const answers = await deliver(harness.webhook.origin, event, 4);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const { status, attempts, createdAt } = await rowOf(harness.db, event);
    expect({ status, attempts, createdAt }).toEqual({
      status: 'dead_letter',
      attempts: first['attempts'],
      createdAt: first['createdAt'],
    });
  });

  it('that waited for a retry becomes a dead letter, with the attempts it had', async () => {
    const event = session({ payment_intent: null });
    await seedFailure(harness.db, event, { attempts: 3 });
    const [answer] = await deliver(harness.webhook.origin, event);
    expect(answer?.status).toBe(200);
    expect(await rowOf(harness.db, event)).toMatchObject({
      status: 'dead_letter',
      attempts: 3,
      nextRetryAt: null,
      lastError: { code: 'unusable_event' },
    });
  });

  it('while a retry is at work is left to it', async () => {
    const event = session({ payment_intent: null });
    const leaseUntil = new Date(Date.now() + 60_000);
    await seedFailure(harness.db, event, {
      status: 'retrying',
      attempts: 2,
      leaseUntil,
      leaseOwner: 'another',
    });
    await deliver(harness.webhook.origin, event);
    expect(await rowOf(harness.db, event)).toMatchObject({
      status: 'retrying',
      attempts: 2,
      leaseOwner: 'another',
      lastError: { code: 'unusable_event' },
    });
  });

  it('because of a record of ours succeeds by a redelivery once that is mended', async () => {
    const broken = await seedInvoice(harness.db, { amount: 'a hundred pounds' });
    const event = says.intentPaid(newPayment(broken));
    const [answer] = await deliver(harness.webhook.origin, event);
    expect(answer?.status).toBe(200);
    expect(await rowOf(harness.db, event)).toMatchObject({
      status: 'dead_letter',
      lastError: { code: 'corrupt_document', message: 'A document in invoices does not fit: amount.' },
    });

    await harness.db.doc(`invoices/${broken.invoiceId}`).update({ amount: 10_000 });
    const [again] = await deliver(harness.webhook.origin, event);
    expect([again?.status, again?.body]).toEqual([200, { received: true, duplicate: false }]);
    expect(await rowOf(harness.db, event)).toMatchObject({ status: 'resolved' });
    expect(await moneyOf(harness.db, broken.invoiceId)).toMatchObject({ status: 'paid', amountPaid: 10_000 });
  });

  it('with a type of 3,000 characters and a name in it is kept under a short type', async () => {
    const event = paid({ type: `${newId('type')}${'x'.repeat(3_000)}` });
    await deliver(harness.webhook.origin, event);
    expect(String((await rowOf(harness.db, event))['eventType'])).toHaveLength(200);
  });
});

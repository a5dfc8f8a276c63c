import { rowOf } from '../../support/failedRows';
import { scheduledAt, tickWell } from '../../support/jobTick';
import { failStripe, mendStripe, putPayment } from '../../support/sandboxStripe';
import { seedInvoice } from '../../support/seed';
import { signBytes } from '../../support/signBytes';
import { newPayment, newRefund, says, type StripeEvent } from '../../support/stripePayment';
import { type ServedFunction } from '../../../local/stack/serveFunction';
import { deliver, type Harness, post, startHarness } from '../../support/webhookHarness';

const PERSON = {
  name: 'Zebedee Quillfeather',
  email: 'zebedee@quillfeather.example',
  phone: '+447700900123',
  body: 'I am in hospital and can not pay before June',
};

/** The person in every place of an object in which Stripe has a field for him, and in some where it has not. */
const EVERYWHERE = {
  billing_details: { name: PERSON.name, email: PERSON.email, phone: PERSON.phone },
  customer_details: { name: PERSON.name, email: PERSON.email, phone: PERSON.phone },
  customer_email: PERSON.email,
  receipt_email: PERSON.email,
  description: PERSON.body,
  last_payment_error: { code: 'card_declined', message: PERSON.body },
  custom_fields: [{ key: 'note', text: { value: PERSON.body } }],
};

describe('the logs', () => {
  let harness: Harness;
  let job: ServedFunction;
  beforeAll(async () => {
    // As deployed: under the test runner's own NODE_ENV the platform's framework logs less than in production.
    harness = await startHarness({ NODE_ENV: 'production' });
    job = await harness.serve('retryWebhooks');
  });
  afterAll(() => harness.stop());

  function ofPerson(event: StripeEvent, more: Record<string, unknown> = {}): StripeEvent {
    const { object } = event['data'] as { object: Record<string, unknown> };
    const metadata = { ...(object['metadata'] as object), note: PERSON.body, phone: PERSON.phone };
    return { ...event, data: { object: { ...object, ...EVERYWHERE, metadata, ...more } } };
  }

  const invoiceOfPerson = (fields: Record<string, unknown> = {}) =>
    seedInvoice(
      harness.db,
      { clientName: PERSON.name, clientEmail: PERSON.email, clientPhone: PERSON.phone, ...fields },
      { name: PERSON.name, email: PERSON.email, phoneNumber: PERSON.phone, businessName: PERSON.name },
    );

  async function statusOf(event: StripeEvent): Promise<number | undefined> {
    const [answer] = await deliver(harness.webhook.origin, event);
    return answer?.status;
  }

  it('name the events, and never a person, on whatever path', async () => {
    const succeeded = ofPerson(says.sessionPaid(newPayment(await invoiceOfPerson())));
    expect([await statusOf(succeeded), await statusOf(succeeded)]).toEqual([200, 200]);
    const declined = ofPerson(says.declined(newPayment(await invoiceOfPerson())));
    expect(await statusOf(declined)).toBe(200);
    const unapplied = ofPerson(says.intentPaid(newPayment(await invoiceOfPerson({ status: 'cancelled' }))));
    expect(await statusOf(unapplied)).toBe(200);
    const unusable = ofPerson(says.sessionPaid(newPayment(await invoiceOfPerson())), {
      amount_total: PERSON.body,
      payment_intent: PERSON.name,
      currency: PERSON.phone,
      payment_status: 'paid',
    });
    expect(await statusOf(unusable)).toBe(200);
    const strangeType = {
      ...succeeded,
      id: `${succeeded.id}x`,
      type: `${PERSON.email}.${PERSON.phone}`,
      data: null,
    };
    expect(await statusOf(strangeType)).toBe(200);
    const corrupt = ofPerson(says.intentPaid(newPayment(await invoiceOfPerson({ amount: PERSON.body }))));
    expect(await statusOf(corrupt)).toBe(200);

    // Stripe's own words are in the error: "No such payment_intent: …".
    const unknown = newPayment(await invoiceOfPerson(), 100, { paymentIntent: 'zebedee.quillfeather' });
    expect(await statusOf(ofPerson(says.refund(unknown, 'created', newRefund(100))))).toBe(200);

    // Bad input: unsigned, no text, no event, no id, too large. Not: text that is no JSON. The platform's framework
    // turns that away, and logs it whole, before any code of ours; Stripe sends none, and nobody can keep others from it.
    const text = JSON.stringify(succeeded);
    await post(harness.webhook.origin, text, { 'stripe-signature': `t=1,v1=${PERSON.phone}` });
    const noText = Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from(',"x":"\xff"}', 'latin1')]);
    const signed = { 'stripe-signature': signBytes(noText) };
    expect((await post(harness.webhook.origin, noText, signed)).status).toBe(400);
    expect((await post(harness.webhook.origin, `[${text}]`)).status).toBe(400);
    expect((await post(harness.webhook.origin, text, { 'content-type': 'text/plain' })).status).toBe(400);
    expect(await statusOf({ ...succeeded, id: PERSON.email })).toBe(400);
    expect((await post(harness.webhook.origin, text + ' '.repeat(1024 * 1024))).status).toBe(413);

    // Fails for now, is retried in vain, then with success.
    const payment = newPayment(await invoiceOfPerson());
    const refund = newRefund(500);
    await putPayment(harness.sandbox, payment, [refund]);
    const refunded = ofPerson(says.refund(payment, 'created', refund));
    await failStripe(harness.sandbox, { mode: 'server_error' });
    expect(await statusOf(refunded)).toBe(500);
    await tickWell(job, scheduledAt(2));
    expect(await rowOf(harness.db, refunded)).toMatchObject({ status: 'pending_retry', attempts: 2 });
    await mendStripe(harness.sandbox);
    await tickWell(job, scheduledAt(10));
    expect(await rowOf(harness.db, refunded)).toMatchObject({ status: 'resolved', attempts: 3 });

    const logs = `${harness.webhook.logTail(100_000)}\n${job.logTail(100_000)}`;
    // The logs are those of what happened here …
    for (const event of [succeeded, unapplied, unusable, corrupt, refunded])
      expect(logs.includes(event.id) ? event.id : 'not in the logs').toBe(event.id);
    expect(logs).toMatch(/"alert":"payment_unapplied"/);
    expect(logs).toMatch(/"alert":"dead_letter"/);
    expect(logs).toMatch(/"event":"webhook_rejected"/);
    // … and nobody is in them.
    const words = [
      PERSON.name,
      'Zebedee',
      'Quillfeather',
      PERSON.email,
      PERSON.phone,
      '7700900123',
      'hospital',
    ];
    const leaks = logs
      .split('\n')
      .filter((line) => words.some((word) => line.toLowerCase().includes(word.toLowerCase())));
    expect(leaks).toEqual([]);
  });
});

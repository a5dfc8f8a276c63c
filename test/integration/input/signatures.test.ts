import { changesDuring, faultsOfRefusal } from '../../support/refusal';
import { seedInvoice } from '../../support/seed';
import { newPayment, says } from '../../support/stripePayment';
import { type Harness, post, signatureOf, startHarness, WEBHOOK_SECRETS } from '../../support/webhookHarness';

const now = (): number => Math.floor(Date.now() / 1000);

describe('the signature of a delivery', () => {
  let harness: Harness;
  let body: string;
  beforeAll(async () => {
    harness = await startHarness({ NODE_ENV: 'production' });
    // A payment that would change a lot if it were believed.
    body = JSON.stringify(says.intentPaid(newPayment(await seedInvoice(harness.db))));
  });
  afterAll(() => harness.stop());

  const [current] = WEBHOOK_SECRETS;
  const v1 = (header: string): string => /v1=(\w+)/.exec(header)?.[1] ?? '';
  const refused: [string, () => string][] = [
    ['none', () => ''],
    ['a wrong secret', () => signatureOf(body, 'whsec_of_somebody_else')],
    ['the list of secrets taken for one', () => signatureOf(body, WEBHOOK_SECRETS.join(','))],
    ['an empty secret', () => signatureOf(body, '')],
    ['301 seconds old', () => signatureOf(body, current, now() - 301)],
    ['years old', () => signatureOf(body, current, 1_500_000_000)],
    ['of another body', () => signatureOf(`${body} `)],
    ['of another time', () => signatureOf(body).replace(/t=\d+/, `t=${now() - 5}`)],
    ['under the test scheme v0 only', () => signatureOf(body).replace('v1=', 'v0=')],
    ['without a time', () => `v1=${v1(signatureOf(body))}`],
    ['without a signature', () => `t=${now()}`],
    ['cut short', () => signatureOf(body).slice(0, -2)],
    ['with text for a time', () => signatureOf(body).replace(/t=\d+/, 't=soon')],
    ['two headers, garbage first', () => `garbage, ${signatureOf(body)}`],
    ['separators only', () => '=,=,,='],
    ['a JSON array', () => '["t=1","v1=00"]'],
    ['8,000 characters of garbage', () => 't=1,v1='.padEnd(8_000, 'f')],
  ];

  it.each(refused)('%s: 400 and nothing changed', async (_name, header) => {
    const changes = await changesDuring(harness, async () => {
      const answer = await post(harness.webhook.origin, body, { 'stripe-signature': header() });
      expect(faultsOfRefusal(answer, 400)).toEqual([]);
    });
    expect(changes).toEqual([]);
  });

  const taken: [string, (payload: string) => string][] = [
    ['the current secret', (payload) => signatureOf(payload, WEBHOOK_SECRETS[0])],
    ['the secret that is being rolled out', (payload) => signatureOf(payload, WEBHOOK_SECRETS[1])],
    [
      'one good signature among several',
      (payload) => signatureOf(payload).replace('v1=', `v1=${'0'.repeat(64)},v1=`),
    ],
    ['290 seconds old', (payload) => signatureOf(payload, current, now() - 290)],
    // Nobody but the holder of a secret can sign a time to come: it says that a clock is wrong, not that Stripe is.
    ['ahead of our clock', (payload) => signatureOf(payload, current, now() + 600)],
  ];

  it.each(taken)('%s: taken', async (_name, header) => {
    const payment = newPayment(await seedInvoice(harness.db));
    const payload = JSON.stringify(says.intentPaid(payment));
    const answer = await post(harness.webhook.origin, payload, { 'stripe-signature': header(payload) });
    expect([answer.status, answer.body]).toEqual([200, { received: true, duplicate: false }]);
    const transaction = await harness.db.doc(`transactions/${payment.paymentIntent}`).get();
    expect(transaction.get('applied')).toBe(true);
  });
});

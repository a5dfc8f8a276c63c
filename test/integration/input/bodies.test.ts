import { changesDuring, faultsOfPlatformRefusal, faultsOfRefusal } from '../../support/refusal';
import { seedInvoice } from '../../support/seed';
import { signBytes } from '../../support/signBytes';
import { event, newId } from '../../support/stripeEvents';
import { newPayment, says } from '../../support/stripePayment';
import { type Answer, type Harness, post, signatureOf, startHarness } from '../../support/webhookHarness';

const MIB = 1024 * 1024;

/** An event that is none of ours, made exactly that long. */
function eventOf(bytes: number): string {
  const text = (padding: string): string =>
    JSON.stringify(event('customer.created', { id: 'cus_1', padding }));
  const empty = text('').length;
  // Ids differ from call to call, but not in length.
  return text('x'.repeat(bytes - empty));
}

describe('the body of a delivery', () => {
  let harness: Harness;
  let payment: string;
  beforeAll(async () => {
    harness = await startHarness({ NODE_ENV: 'production' });
    payment = JSON.stringify(says.intentPaid(newPayment(await seedInvoice(harness.db))));
  });
  afterAll(() => harness.stop());

  const send = (body: string | Uint8Array, headers?: Record<string, string>): Promise<Answer> =>
    post(harness.webhook.origin, body, headers);

  async function refuses(status: number, answering: () => Promise<Answer>): Promise<void> {
    const changes = await changesDuring(harness, async () => {
      expect(faultsOfRefusal(await answering(), status)).toEqual([]);
    });
    expect(changes).toEqual([]);
  }

  it.each([1, 2, 40])('%i characters short of its end: 400, though rightly signed', async (missing) => {
    const changes = await changesDuring(harness, async () => {
      expect(faultsOfPlatformRefusal(await send(payment.slice(0, -missing)))).toEqual([]);
    });
    expect(changes).toEqual([]);
  });

  it.each(['null', '42', 'true', '"an event"', '\u0000', 'id=evt_1&type=x'])(
    '%j, which is no object: 400',
    async (body) => {
      const changes = await changesDuring(harness, async () => {
        expect(faultsOfPlatformRefusal(await send(body))).toEqual([]);
      });
      expect(changes).toEqual([]);
    },
  );

  it.each(['[]', '{}', '[{"id":"evt_1","type":"payment_intent.succeeded"}]'])('%s: 400', (body) =>
    refuses(400, () => send(body)),
  );

  it('empty: 400', () => refuses(400, () => send('')));

  it('not UTF-8, rightly signed: 400', () => {
    const bytes = Buffer.concat([
      Buffer.from(payment.slice(0, -1)),
      Buffer.from(',"x":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ]);
    return refuses(400, () => send(bytes, { 'stripe-signature': signBytes(bytes) }));
  });

  it('exactly 1 MiB: taken', async () => {
    const body = eventOf(MIB);
    expect(Buffer.byteLength(body)).toBe(MIB);
    const answer = await send(body);
    expect([answer.status, answer.body]).toEqual([200, { received: true, duplicate: false }]);
  });

  it.each([MIB + 1, 2 * MIB])('%i bytes: 413', (size) => refuses(413, () => send(eventOf(size))));

  it('nested 100,000 deep in a field that nobody reads: taken', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const body = `{"id":"${newId('evt')}","type":"x","livemode":false,"data":{"object":{"deep":${deep}}}}`;
    expect((await send(body)).status).toBe(200);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream', 'text/json', ''])(
    'as "%s": 400',
    (type) => {
      // Bytes, for a text would be given a content type on the way.
      const bytes = Buffer.from(payment);
      return refuses(400, () =>
        send(bytes, { 'content-type': type, 'stripe-signature': signatureOf(payment) }),
      );
    },
  );

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('by %s: 405, and told that it is POST', (method) =>
    refuses(405, async () => {
      const response = await fetch(harness.webhook.origin, {
        method,
        headers: { 'content-type': 'application/json', 'stripe-signature': signatureOf(payment) },
        ...(method === 'GET' ? {} : { body: payment }),
      });
      expect(response.headers.get('allow')).toBe('POST');
      return { status: response.status, body: await response.json(), headers: response.headers };
    }),
  );
});

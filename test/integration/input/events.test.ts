import { changesDuring, faultsOfRefusal } from '../../support/refusal';
import { type SeededInvoice, seedInvoice } from '../../support/seed';
import { newId } from '../../support/stripeEvents';
import { newPayment, says } from '../../support/stripePayment';
import { deliver, type Harness, startHarness } from '../../support/webhookHarness';

describe('an event, rightly signed', () => {
  let harness: Harness;
  let invoice: SeededInvoice;
  beforeAll(async () => {
    harness = await startHarness({ NODE_ENV: 'production' });
    invoice = await seedInvoice(harness.db);
  });
  afterAll(() => harness.stop());

  function payment(metadata?: Record<string, unknown>) {
    return says.intentPaid(newPayment(invoice, 10_000, metadata === undefined ? {} : { metadata }));
  }

  const unusable: [string, unknown][] = [
    ['no', undefined],
    ['null for', null],
    ['a number for', 7],
    ['an object for', { id: 'evt_1' }],
    ['an empty', ''],
    ['256 characters of', 'e'.repeat(256)],
    ['2,000 characters of', 'e'.repeat(2_000)],
    ['a slash in the', 'evt_1/../../users/u1'],
    ['a dot for', '.'],
    ['two dots for', '..'],
    ["the store's own form of", '__x__'],
    ['a space in the', 'evt 1'],
    ['a line break in the', 'evt_1\n'],
    ['a NUL in the', 'evt_\u0000'],
    ['letters outside ASCII in the', 'evt_é'],
  ];

  it.each(unusable)('with %s id: 400 and nothing changed', async (_name, id) => {
    const event = { ...payment(), id };
    const changes = await changesDuring(harness, async () => {
      const [answer] = await deliver(harness.webhook.origin, event);
      expect(answer === undefined ? ['no answer'] : faultsOfRefusal(answer, 400)).toEqual([]);
    });
    expect(changes).toEqual([]);
  });

  it('with an id of 255 characters, the most there may be: taken', async () => {
    const id = newId('evt').padEnd(255, '.');
    const [answer] = await deliver(harness.webhook.origin, { ...payment(), id });
    expect(answer?.status).toBe(200);
    expect((await harness.db.doc(`processed_events/stripe_${id}`).get()).exists).toBe(true);
  });

  const notOurs: [string, Record<string, unknown>][] = [
    ['no kind', { invoiceId: 'inv_1' }],
    ['an object for the kind', { kind: { toString: 'invoice' } }],
    ['a list for the kind', { kind: ['invoice'] }],
    ['the kind in the prototype', JSON.parse('{"__proto__":{"kind":"invoice"}}') as Record<string, unknown>],
    ['the kind in capitals', { kind: 'INVOICE' }],
  ];

  it.each(notOurs)('with %s in the metadata is not ours: 200, nothing changed', async (_name, metadata) => {
    const event = payment(metadata);
    const changes = await changesDuring(harness, async () => {
      const [answer] = await deliver(harness.webhook.origin, event);
      expect([answer?.status, answer?.body]).toEqual([200, { received: true, duplicate: false }]);
    });
    expect(changes).toEqual([]);
  });

  const hostileIds: [string, string][] = [
    ['a path', '../users/u1'],
    ['two dots', '..'],
    ["the store's own form", '__x__'],
    ['a slash', 'a/b'],
    ['nothing', ''],
    ['2,000 characters', 'x'.repeat(2_000)],
    ['a query', '{"$ne":null}'],
    ['a NUL', '\u0000'],
  ];

  it.each(hostileIds)(
    'with %s for the invoice: the money is recorded, and only that',
    async (_name, hostile) => {
      const event = payment({ kind: 'invoice', invoiceId: hostile, freelancerId: hostile });
      const object = (event['data'] as { object: { id: string } }).object;
      const changes = await changesDuring(harness, async () => {
        const [answer] = await deliver(harness.webhook.origin, event);
        expect(answer?.status).toBe(200);
      });
      expect(changes).toEqual([`processed_events/stripe_${event.id}`, `transactions/${object.id}`]);
      const transaction = await harness.db.doc(`transactions/${object.id}`).get();
      expect(transaction.data()).toMatchObject({
        applied: false,
        reason: 'unknown_invoice',
        invoiceId: null,
        freelancerId: null,
      });
    },
  );

  it('of the v2 API, without an object: 200, nothing changed', async () => {
    const thin = {
      id: newId('evt'),
      object: 'v2.core.event',
      type: 'v1.billing.meter.error_report_triggered',
      livemode: false,
      created: '2026-11-15T00:27:45.330Z',
      context: null,
      related_object: { id: 'mtr_1', type: 'billing.meter', url: '/v1/billing/meters/mtr_1' },
    };
    const changes = await changesDuring(harness, async () => {
      const [answer] = await deliver(harness.webhook.origin, thin);
      expect([answer?.status, answer?.body]).toEqual([200, { received: true, duplicate: false }]);
    });
    expect(changes).toEqual([]);
  });
});

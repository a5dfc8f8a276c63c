import { gzipSync } from 'node:zlib';
import { nothingInTheClear } from '../../faults/invariants/nothingInTheClear';
import { makePlan } from '../../faults/plan/plan';
import { stories } from '../../faults/stories/stories';
import { localSetting } from '../../support/sandboxSettings';

const found = (path: string, data: object, sealed = true): string[] =>
  nothingInTheClear({ documents: new Map([[path, data]]), sealed });

describe('whether an address stands in the clear', () => {
  const PACKED = gzipSync('{"customer_email":"dora@client.example"}');

  it.each([
    ['in a field', 'clients/one', { email: 'Dora@Client.example' }],
    ['deep in a field', 'invoices/one', { items: [{ words: 'call +447900123456' }] }],
    ['in an id', 'sms_opt_outs/+447900123456', { status: 'opted_out' }],
    ['in bytes', 'failed_webhooks/one/private/payload', { bytes: Buffer.from('From=%2B447900123456') }],
    ['in packed bytes', 'failed_webhooks/one/private/payload', { bytes: PACKED }],
    ['in the first part of packed bytes', 'failed_webhooks/one/private/1', { bytes: PACKED.subarray(0, -4) }],
  ])('is seen %s', (_where, path, data) => {
    expect(found(path, data)).toEqual([`${path} holds an address in the clear`]);
    expect(found(path, data, false)).toEqual([]);
  });

  it('is not said of freelancers, of our own number, or of what is sealed', () => {
    const data = {
      email: 'ada@studio.example',
      toNumber: localSetting('TWILIO_FROM'),
      clientEmail: `s1.1.${'A'.repeat(16)}.${'b'.repeat(40)}`,
      clientEmailMasked: 'd•••@c•••.example',
      clientPhoneMasked: '+44•••456',
    };
    expect(found('invoices/one', data)).toEqual([]);
  });
});

describe('the plans of the fault suite', () => {
  it('are sealed every other time, each story with its kills and without', () => {
    const plans = Array.from({ length: 40 * stories.length }, (_, index) => makePlan(2026, index, stories));
    for (const { name, crashPoints } of stories) {
      const own = plans.filter(({ story }) => story === name);
      const sealed = own.filter((plan) => plan.sealed);
      expect([name, sealed.length > 10, sealed.length < 30]).toEqual([name, true, true]);
      const kills = sealed.flatMap(({ faults }) =>
        faults.flatMap((fault) => (fault.kind === 'kill' ? [fault] : [])),
      );
      expect([name, kills.length > 3]).toEqual([name, true]);
      expect([name, crashPoints.length === 0 || new Set(kills.map(({ point }) => point)).size > 1]).toEqual([
        name,
        true,
      ]);
    }
  });
});

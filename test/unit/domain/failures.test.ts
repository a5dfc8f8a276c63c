import fc from 'fast-check';
import { afterFailure, decideFailure } from '../../../functions/src/domain/webhooks/decideFailure';
import { type FailedWebhook } from '../../../functions/src/domain/webhooks/failedWebhook';
import { MAX_ATTEMPTS, retryDelayMs } from '../../../functions/src/domain/webhooks/retryPolicy';
import { NOW } from '../../support/domainArbitraries';

const MINUTE = 60_000;
const fractions = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const attempts = fc.integer({ min: 1, max: MAX_ATTEMPTS });
const STATUSES = ['pending_retry', 'retrying', 'dead_letter', 'resolved', 'discarded'] as const;
const rows = fc.record({
  source: fc.constant<FailedWebhook['source']>('stripe'),
  eventId: fc.constant('evt_1'),
  eventType: fc.constant('charge.refunded'),
  status: fc.constantFrom(...STATUSES),
  attempts,
});
const failures = fc.boolean().map((retryable) => ({ code: 'x', message: 'X.', retryable }));

describe('retryDelayMs', () => {
  it.each([1, 2, 4, 8, 16, 32, 64].map((minutes, n) => ({ minutes, failed: n + 1 })))(
    'is $minutes minutes after failure $failed, ±20 %',
    ({ minutes, failed }) => {
      expect(retryDelayMs(failed, 0)).toBe(minutes * MINUTE * 0.8);
      expect(retryDelayMs(failed, 0.5)).toBe(minutes * MINUTE);
      expect(retryDelayMs(failed, 0.999_999_999)).toBeLessThanOrEqual(minutes * MINUTE * 1.2);
    },
  );

  it('stays within 20 %, and never longer than the longest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fractions, (failed, fraction) => {
        const base = 2 ** Math.min(failed - 1, 6) * MINUTE;
        const delay = retryDelayMs(failed, fraction);
        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(base * 0.8);
        expect(delay).toBeLessThanOrEqual(base * 1.2);
      }),
    );
  });
});

describe('decideFailure', () => {
  it('records the first failure: one attempt, to be tried again within a minute or so', () => {
    const failure = { code: 'stripe_unavailable', message: 'No.', retryable: true };
    expect(decideFailure(null, failure, NOW, 0.5)).toEqual({
      kind: 'create',
      row: { status: 'pending_retry', attempts: 1, nextRetryAt: new Date(NOW.getTime() + MINUTE) },
    });
    const hopeless = decideFailure(null, { ...failure, retryable: false }, NOW, 0.5);
    expect(hopeless).toMatchObject({ row: { status: 'dead_letter', attempts: 1, nextRetryAt: null } });
  });

  it('never lowers the attempts, never touches a leased row, never brings a dead letter back', () => {
    fc.assert(
      fc.property(rows, failures, fractions, (row, failure, fraction) => {
        const decision = decideFailure(row, failure, NOW, fraction);
        if (decision.kind === 'note') return;
        expect({ was: row.status, kind: decision.kind }).toEqual({ was: 'pending_retry', kind: 'change' });
        expect(decision.row).toEqual({ status: 'dead_letter', attempts: row.attempts, nextRetryAt: null });
        expect(failure.retryable).toBe(false);
      }),
    );
  });

  it('uses up no attempt for a redelivery that fails in the same outage', () => {
    fc.assert(
      fc.property(rows, fractions, (row, fraction) => {
        const failure = { code: 'x', message: 'X.', retryable: true };
        expect(decideFailure(row, failure, NOW, fraction)).toEqual({ kind: 'note' });
      }),
    );
  });
});

describe('afterFailure', () => {
  it('is a dead letter at the eighth failure, or at once when trying again can not help', () => {
    fc.assert(
      fc.property(attempts, failures, fractions, (count, failure, fraction) => {
        const row = afterFailure(count, failure, NOW, fraction);
        const dead = count >= MAX_ATTEMPTS || !failure.retryable;
        expect(row.status).toBe(dead ? 'dead_letter' : 'pending_retry');
        expect(row.attempts).toBe(count);
        expect(row.nextRetryAt == null).toBe(dead);
        if (row.nextRetryAt != null) expect(row.nextRetryAt.getTime()).toBeGreaterThan(NOW.getTime());
      }),
    );
  });

  it('tries for two hours in all before it gives up', () => {
    const waits = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, n) => retryDelayMs(n + 1, 0.5));
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(127 * MINUTE);
  });
});

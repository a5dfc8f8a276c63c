import { decideDeadline } from '../../../functions/src/domain/claims/decideDeadline';
import { type PaymentClaim } from '../../../functions/src/domain/claims/paymentClaim';
import { initialEscalationState } from '../../../functions/src/domain/invoice/escalationState';
import { anInvoice, NOW } from '../../support/domainArbitraries';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const freelancer = { id: 'user_1', email: 'ada@studio.example', businessName: 'Ada', stripeAccountId: null };

/** A claim whose deadline is so many hours away. */
function claimDueIn(hours: number, fields: Partial<PaymentClaim> = {}): PaymentClaim {
  return {
    invoiceId: 'inv_1',
    freelancerId: 'user_1',
    clientEmail: 'debtor@client.example',
    amount: 10_000,
    currency: 'GBP',
    method: 'bank_transfer',
    status: 'pending_verification',
    verificationDeadline: new Date(NOW.getTime() + hours * HOUR_MS),
    createdAt: NOW,
    ...fields,
  };
}

const decide = (claim: PaymentClaim, escalation: Parameters<typeof decideDeadline>[2] | 'new' = 'new') =>
  decideDeadline(
    'inv_1_1',
    claim,
    escalation === 'new' ? { id: 'inv_1', invoice: anInvoice(), escalation: null } : escalation,
    freelancer,
    NOW,
  );

describe('the deadline of a claim', () => {
  it('needs nothing when it was answered, is far, or was reminded of', () => {
    expect(decide(claimDueIn(-1, { status: 'verified' }))).toBeNull();
    expect(decide(claimDueIn(30))).toBeNull();
    expect(decide(claimDueIn(5, { reminded: 6 }))).toBeNull();
  });

  it('is reminded of a day and six hours before, the later one alone when both are late', () => {
    expect(decide(claimDueIn(20))).toMatchObject({
      outcome: 'reminded',
      claim: { fields: { reminded: 24 } },
    });
    expect(decide(claimDueIn(5))).toMatchObject({ outcome: 'reminded', claim: { fields: { reminded: 6 } } });
  });

  it('pauses a chase that has not begun for seven days more when it passes', () => {
    const until = new Date(NOW.getTime() + 7 * DAY_MS);
    expect(decide(claimDueIn(0))).toMatchObject({
      outcome: 'expired',
      escalation: {
        value: { isPaused: true, pauseReason: 'payment_claim', pausedAt: NOW, pauseUntil: until },
      },
    });
  });

  it('leaves a chase alone that is over, or paused for something else', () => {
    const state = initialEscalationState('user_1');
    for (const other of [
      { ...state, closedAt: NOW, closedReason: 'paid' },
      { ...state, isPaused: true, pauseReason: 'manual' as const },
    ]) {
      const changes = decide(claimDueIn(-1), { id: 'inv_1', invoice: anInvoice(), escalation: other });
      expect(changes).toMatchObject({ outcome: 'expired', claim: { fields: { status: 'expired' } } });
      expect(changes?.escalation).toBeUndefined();
    }
  });

  it('tells the freelancer also when the invoice is gone', () => {
    expect(decide(claimDueIn(-1), null)).toMatchObject({
      outcome: 'expired',
      notifications: [{}],
      outbox: [{}],
    });
  });
});

import { courtesyNote } from '../../../functions/src/domain/courtesy/courtesyNote';
import { initialEscalationState } from '../../../functions/src/domain/invoice/escalationState';
import { type Invoice } from '../../../functions/src/domain/invoice/invoice';
import { decidePaymentFailure } from '../../../functions/src/domain/payment/decidePaymentFailure';
import { decideResolution } from '../../../functions/src/domain/payment/decideResolution';
import { type Transaction } from '../../../functions/src/domain/payment/transaction';
import { anInvoice, aTransaction, NOW } from '../../support/domainArbitraries';

describe('a payment that an operator applies to an invoice', () => {
  const resolve = (transaction: Partial<Transaction>, invoice: Partial<Invoice> = {}, isForeign = false) =>
    decideResolution(
      {
        transactionId: 'pi_1',
        transaction: aTransaction({ applied: false, reason: 'unknown_invoice', ...transaction }),
        state: { id: 'inv_1', invoice: anInvoice(invoice), escalation: null },
        freelancer: null,
        accountIsForeign: isForeign,
        pendingClaims: [],
      },
      NOW,
    );

  it.each([
    ['was made with test money', { reason: 'livemode_mismatch' }, {}, 'in the other mode of Stripe.'],
    ['is under way', { status: 'pending' }, {}, 'has not succeeded.'],
    ['has failed', { status: 'failed' }, {}, 'has not succeeded.'],
    ['was given back', { refunded: 10_000 }, {}, 'was given back.'],
    ['is in another currency', { currency: 'EUR' }, {}, 'in GBP, the payment in EUR.'],
    ['is for a draft', {}, { status: 'draft' }, 'The invoice is not sent yet.'],
    ['is for a cancelled invoice', {}, { status: 'cancelled' }, 'The invoice is cancelled.'],
  ] as const)('is refused when it %s', (_what, transaction, invoice, reason) => {
    expect(resolve(transaction, invoice)).toEqual({
      kind: 'refused',
      reason: expect.stringContaining(reason) as string,
    });
  });

  it('is refused when the money is on the account of another freelancer', () => {
    expect(resolve({}, {}, true)).toMatchObject({ kind: 'refused' });
  });

  it('pays the invoice otherwise, and says no more why it could not', () => {
    const decision = resolve({});
    if (decision.kind !== 'changed') throw new Error(`it was ${decision.kind}`);
    expect(decision.changes.invoice?.fields).toMatchObject({ status: 'paid', amountPaid: 10_000 });
    expect(decision.changes.transaction?.value).not.toHaveProperty('reason');
  });
});

describe('an attempt to pay that failed', () => {
  const failure = { transactionId: 'pi_1', code: 'card_declined', alreadyTold: false };
  const stateOf = (status: 'sent' | 'paid') => ({
    id: 'inv_1',
    invoice: anInvoice({ status }),
    escalation: null,
  });

  it('tells debtor and freelancer, and says nothing of an invoice that was paid meanwhile', () => {
    expect(decidePaymentFailure(stateOf('sent'), failure, NOW)).toMatchObject({ outcome: 'applied' });
    expect(decidePaymentFailure(stateOf('paid'), failure, NOW)).toEqual({ outcome: 'unchanged' });
  });
});

describe('a courtesy note', () => {
  const due = anInvoice({ status: 'sent', dueDate: '2026-03-10', sentAt: new Date('2026-02-01T09:00:00Z') });
  const chase = initialEscalationState('user_1');
  const noted = { ...chase, courtesySent: ['due'] };

  it.each([
    ['comes on the due day', due, chase, 'due'],
    ['comes once', due, noted, null],
    ['does not come once the chase is closed', due, { ...chase, closedAt: NOW }, null],
    ['does not come while the chase is paused', due, { ...chase, isPaused: true }, null],
    [
      'does not come while a claim waits',
      { ...due, paymentClaimStatus: 'pending_verification' as const },
      chase,
      null,
    ],
    ['does not come for what is paid', { ...due, status: 'paid' as const }, chase, null],
  ] as const)('%s', (_what, invoice, state, note) => {
    expect(courtesyNote(invoice, state, NOW)).toBe(note);
  });
});

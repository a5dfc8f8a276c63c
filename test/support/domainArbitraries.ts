import fc from 'fast-check';
import { type Invoice } from '../../functions/src/domain/invoice/invoice';
import { type LedgerEntry, type PaymentLedger } from '../../functions/src/domain/money/paymentLedger';
import { type Transaction } from '../../functions/src/domain/payment/transaction';

export const NOW = new Date('2026-03-10T12:00:00Z');

export function anInvoice(fields: Partial<Invoice> = {}): Invoice {
  return {
    reference: 'INV-1',
    freelancerId: 'user_1',
    amount: 10_000,
    amountPaid: 0,
    amountRefunded: 0,
    currency: 'GBP',
    status: 'sent',
    dueDate: '2026-04-01',
    escalationLevel: 'pending',
    nextActionAt: new Date('2026-04-01T23:00:00Z'),
    ...fields,
  };
}

export function aTransaction(fields: Partial<Transaction> = {}): Transaction {
  return {
    invoiceId: 'inv_1',
    freelancerId: 'user_1',
    kind: 'payment',
    amount: 10_000,
    refunded: 0,
    disputed: 0,
    currency: 'GBP',
    status: 'completed',
    applied: true,
    refundFailed: false,
    disputes: {},
    createdAt: NOW,
    ...fields,
  };
}

/** A line of a ledger that can exist: never more given back than was received. */
export const ledgerEntries: fc.Arbitrary<LedgerEntry> = fc
  .record({ amount: fc.integer({ min: 0, max: 20_000 }), disputeOpen: fc.boolean() })
  .chain(({ amount, disputeOpen }) =>
    fc.record({
      amount: fc.constant(amount),
      refunded: fc.oneof(fc.constant(0), fc.constant(amount), fc.integer({ min: 0, max: amount })),
      disputeOpen: fc.constant(disputeOpen),
    }),
  )
  .chain(({ amount, refunded, disputeOpen }) =>
    fc.integer({ min: 0, max: amount - refunded }).map((disputed) => ({
      amount,
      refunded,
      disputed,
      disputeOpen,
    })),
  );

export const ledgers: fc.Arbitrary<PaymentLedger> = fc
  .array(ledgerEntries, { maxLength: 5 })
  .map((entries) => Object.fromEntries(entries.map((entry, n) => [`pi_${n}`, entry])));

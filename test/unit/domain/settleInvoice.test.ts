import fc from 'fast-check';
import { type InvoiceStatus } from '../../../functions/src/domain/invoice/invoice';
import { settleInvoice, statusByDate } from '../../../functions/src/domain/invoice/settleInvoice';
import { ledgerTotals, type PaymentLedger } from '../../../functions/src/domain/money/paymentLedger';
import { anInvoice, ledgers, NOW } from '../../support/domainArbitraries';

const AWAY = { refunded: 0, disputed: 0, disputeOpen: false };
const open: fc.Arbitrary<InvoiceStatus> = fc.constantFrom('sent', 'overdue', 'in_collections');

describe('settleInvoice', () => {
  const settled = (ledger: PaymentLedger, status: InvoiceStatus = 'sent', chaseClosed = false) =>
    settleInvoice(anInvoice({ status }), ledger, chaseClosed, NOW);

  it.each<[string, PaymentLedger, InvoiceStatus]>([
    ['nothing paid', {}, 'sent'],
    ['a part paid', { a: { ...AWAY, amount: 9_999 } }, 'sent'],
    ['paid to the penny', { a: { ...AWAY, amount: 10_000 } }, 'paid'],
    ['paid too much', { a: { ...AWAY, amount: 10_001 } }, 'paid'],
    ['paid in parts', { a: { ...AWAY, amount: 4_000 }, b: { ...AWAY, amount: 6_000 } }, 'paid'],
    ['given back wholly', { a: { ...AWAY, amount: 10_000, refunded: 10_000 } }, 'refunded'],
    ['a part given back wholly', { a: { ...AWAY, amount: 4_000, refunded: 4_000 } }, 'refunded'],
    ['lost in a dispute', { a: { ...AWAY, amount: 10_000, disputed: 10_000 } }, 'refunded'],
    ['given back in part', { a: { ...AWAY, amount: 10_000, refunded: 1 } }, 'sent'],
    ['too much given back', { a: { ...AWAY, amount: 10_001, refunded: 1 } }, 'paid'],
    [
      'two payments, one given back',
      { a: { ...AWAY, amount: 10_000 }, b: { ...AWAY, amount: 10_000, refunded: 10_000 } },
      'paid',
    ],
    ['a dispute open', { a: { ...AWAY, amount: 10_000, disputed: 10_000, disputeOpen: true } }, 'disputed'],
    [
      'a dispute open about what was paid twice',
      { a: { ...AWAY, amount: 10_000 }, b: { amount: 10_000, refunded: 0, disputed: 1, disputeOpen: true } },
      'disputed',
    ],
  ])('gives the status for %s', (_, ledger, status) => {
    expect(settled(ledger).status).toBe(status);
  });

  it('shows the sums of the ledger, whatever it is', () => {
    fc.assert(
      fc.property(ledgers, open, (ledger, status) => {
        const { paid, refunded } = ledgerTotals(ledger);
        expect(settled(ledger, status)).toMatchObject({
          amountPaid: paid,
          amountRefunded: refunded,
          payments: ledger,
        });
      }),
    );
  });

  it('is paid when, and only when, the freelancer keeps the whole amount and no dispute is open', () => {
    fc.assert(
      fc.property(ledgers, open, (ledger, status) => {
        const { net, disputeOpen } = ledgerTotals(ledger);
        const result = settled(ledger, status);
        expect(result.status === 'paid').toBe(net >= 10_000 && !disputeOpen);
        expect(result.paidAt).toEqual(result.status === 'paid' ? NOW : null);
      }),
    );
  });

  it('settles the same again: what it writes decides nothing anew', () => {
    fc.assert(
      fc.property(ledgers, open, fc.boolean(), (ledger, status, chaseClosed) => {
        const first = settled(ledger, status, chaseClosed);
        const later = new Date(NOW.getTime() + 60_000);
        const second = settleInvoice({ ...anInvoice({ status }), ...first }, ledger, chaseClosed, later);
        expect(second).toEqual(first);
      }),
    );
  });

  it('never moves a draft or a cancelled invoice, and never chases them', () => {
    fc.assert(
      fc.property(ledgers, fc.constantFrom<InvoiceStatus>('draft', 'cancelled'), (ledger, status) => {
        expect(settled(ledger, status)).toMatchObject({ status, nextActionAt: null, paidAt: null });
      }),
    );
  });

  it('chases only what is owed, never once the chase is closed', () => {
    fc.assert(
      fc.property(ledgers, open, fc.boolean(), (ledger, status, chaseClosed) => {
        const result = settled(ledger, status, chaseClosed);
        const owed = ['sent', 'overdue', 'in_collections'].includes(result.status);
        expect(result.nextActionAt !== null).toBe(owed && !chaseClosed);
      }),
    );
  });

  it('does not chase again what was paid', () => {
    const ledger = { a: { ...AWAY, amount: 10_000, refunded: 4_000 } };
    expect(settled(ledger, 'paid')).toMatchObject({ status: 'sent', nextActionAt: null });
  });

  it.each([false, true])(
    'chases what is left when money comes after a refund, unless closed: %s',
    (closed) => {
      const back = { a: { ...AWAY, amount: 4_000, refunded: 4_000 } };
      const invoice = { ...anInvoice(), ...settleInvoice(anInvoice(), back, closed, NOW) };
      expect(invoice).toMatchObject({ status: 'refunded', nextActionAt: null });
      const again = settleInvoice(invoice, { ...back, b: { ...AWAY, amount: 3_000 } }, closed, NOW);
      expect([again.status, again.nextActionAt !== null]).toEqual(['sent', !closed]);
    },
  );

  it('keeps a dispute that the debtor opened with us until it is paid', () => {
    expect(settled({ a: { ...AWAY, amount: 5_000 } }, 'disputed').status).toBe('disputed');
    expect(settled({ a: { ...AWAY, amount: 10_000 } }, 'disputed').status).toBe('paid');
  });

  it('wakes the chase of a disputed invoice the day after it is due, at once if that is past', () => {
    const ledger = { a: { ...AWAY, amount: 5_000 } };
    const disputed = { a: { ...AWAY, amount: 5_000, disputed: 5_000, disputeOpen: true } };
    const invoice = anInvoice({ status: 'disputed', nextActionAt: null, payments: disputed });
    const due = settleInvoice(invoice, ledger, false, NOW);
    expect(due).toMatchObject({ status: 'sent', nextActionAt: new Date('2026-04-01T23:00:00Z') });
    const past = settleInvoice({ ...invoice, dueDate: '2026-03-09' }, ledger, false, NOW);
    expect(past).toMatchObject({ status: 'overdue', nextActionAt: NOW });
  });
});

describe('statusByDate', () => {
  it.each([
    { at: '2026-03-31T22:59:59.999Z', dueDate: '2026-03-31', status: 'sent' },
    { at: '2026-03-31T23:00:00.000Z', dueDate: '2026-03-31', status: 'overdue' },
    { at: '2026-12-31T23:59:59.999Z', dueDate: '2026-12-31', status: 'sent' },
    { at: '2027-01-01T00:00:00.000Z', dueDate: '2026-12-31', status: 'overdue' },
  ])('is $status at $at when due on $dueDate', ({ at, dueDate, status }) => {
    expect(statusByDate({ dueDate, escalationLevel: null }, new Date(at))).toBe(status);
  });

  it('is in collections from the first level on, whatever the date', () => {
    for (const escalationLevel of ['gentle', 'firm', 'final', 'agency'] as const) {
      expect(statusByDate({ dueDate: '2099-01-01', escalationLevel }, NOW)).toBe('in_collections');
    }
    expect(statusByDate({ dueDate: null, escalationLevel: 'pending' }, NOW)).toBe('sent');
  });
});

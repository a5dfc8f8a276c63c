import { type Caller } from '../domain/caller';
import { type Invoice, type InvoiceStatus } from '../domain/invoice/invoice';
import { londonDay } from '../domain/londonDay';
import { ledgerTotals } from '../domain/money/paymentLedger';
import { type ManualPayment, manualTransaction } from '../domain/payment/manualTransaction';
import { transactionSchema } from '../domain/payment/transaction';
import { takesRealMoney } from '../platform/config';
import { crashPoint } from '../platform/crashPoint';
import { BadInputError, ConflictError } from '../platform/errors';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { retryConflicts } from '../store/retryConflicts';
import { UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { ownInvoiceOf } from './ownInvoiceOf';
import { recordPayment } from './recordPayment';

export interface PaymentAnswer {
  readonly transactionId: string;
  readonly status: InvoiceStatus;
  /** Minor units, all payments together. */
  readonly amountPaid: number;
  /** Minor units beyond what the invoice asks for. */
  readonly overpaid: number;
}

/**
 * Records a payment that reached the freelancer without us. Asked twice with one requestId, it is one payment. More
 * than what is owed is recorded, and said.
 *
 * @throws NotFoundError, ForbiddenError, BadInputError, or ConflictError with the reason why it can not be recorded
 */
export async function recordManualPayment(
  deps: Deps,
  caller: Caller,
  input: ManualPayment & { readonly invoiceId: string; readonly requestId: string },
): Promise<PaymentAnswer> {
  const { invoiceId, requestId } = input;
  const transactionId = `manual_${caller.uid}_${requestId}`;
  const ref = collections.transaction(deps.db, transactionId);
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(
      ref,
      collections.invoice(deps.db, invoiceId),
      collections.escalationState(deps.db, invoiceId),
      collections.user(deps.db, caller.uid),
    );
    const { state } = await ownInvoiceOf(deps, unit, caller, invoiceId);
    const { invoice } = state;
    const earlier = decode(transactionSchema, unit.snapshot(ref));
    if (earlier !== null) {
      const isSame =
        earlier.invoiceId === invoiceId &&
        earlier.freelancerId === caller.uid &&
        earlier.amount === input.amount &&
        earlier.currency === input.currency;
      if (!isSame) throw new ConflictError('This requestId was used already.');
      return answer(transactionId, invoice);
    }
    const now = deps.clock.now();
    if (input.paidOn !== null && input.paidOn > londonDay(now))
      throw new BadInputError('paidOn: is in the future');
    if (input.currency !== invoice.currency)
      throw new BadInputError(`currency: the invoice is in ${invoice.currency}`);
    if (invoice.status === 'draft') throw new ConflictError('The invoice is not sent yet.');
    if (invoice.status === 'cancelled') throw new ConflictError('The invoice is cancelled.');
    const changes = await recordPayment(deps, unit, {
      transactionId,
      transaction: manualTransaction(input, now),
      invoiceId,
      freelancerId: caller.uid,
      livemode: takesRealMoney(deps.config),
      sessionId: null,
    });
    crashPoint('manual-payment.before-commit');
    await unit.commit();
    crashPoint('manual-payment.after-commit');
    return answer(transactionId, { ...invoice, ...changes.invoice?.fields });
  });
}

function answer(
  transactionId: string,
  invoice: Pick<Invoice, 'status' | 'amount' | 'amountPaid' | 'payments'>,
): PaymentAnswer {
  const { status, amount, amountPaid, payments = {} } = invoice;
  return { transactionId, status, amountPaid, overpaid: Math.max(0, ledgerTotals(payments).net - amount) };
}

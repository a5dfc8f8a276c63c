import { type Changes } from '../changes';
import { type InvoiceState } from './invoiceConsequences';

/**
 * An attempt to pay failed. The debtor sees why at once, on the payment page; the freelancer is told once for each
 * payment, however often the card was tried, and never that the debtor was told.
 */
export function decidePaymentFailure(
  state: InvoiceState,
  failure: { readonly transactionId: string; readonly code: string; readonly alreadyTold: boolean },
  now: Date,
): Changes {
  const { id, invoice } = state;
  if (invoice.status === 'paid') return { outcome: 'unchanged' };
  return {
    outcome: 'applied',
    invoice: { id, fields: { lastPaymentError: { code: failure.code, at: now } } },
    notifications: failure.alreadyTold
      ? []
      : [
          {
            id: `payment_failed_${failure.transactionId}`,
            freelancerId: invoice.freelancerId,
            type: 'payment_failed',
            title: 'A payment did not go through',
            message: `An attempt to pay invoice ${invoice.reference} failed. The client can try again.`,
          },
        ],
  };
}

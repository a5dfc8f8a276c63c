import { type Changes } from '../changes';
import { type InvoiceState } from './invoiceConsequences';

/**
 * A Checkout Session ended without a payment (it expired, or a delayed payment method failed): the invoice may have
 * another one. A session that is not the invoice's current one changes nothing.
 */
export function decideCheckoutEnd(state: InvoiceState, sessionId: string): Changes {
  const { checkout } = state.invoice;
  if (checkout?.sessionId !== sessionId) return { outcome: 'unchanged' };
  return {
    outcome: 'applied',
    invoice: { id: state.id, fields: { checkout: { ...checkout, sessionId: null, expiresAt: null } } },
  };
}

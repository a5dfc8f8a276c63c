import { type BillingFact } from '../../domain/billing/billingFact';
import { type StripeEvent } from '../../domain/payment/stripeEvent';
import {
  deletedCustomerSchema,
  subscriptionEventSchema,
  subscriptionInvoiceSchema,
  subscriptionSessionSchema,
} from './billingObjects';
import { parseObject } from './parseObject';

/**
 * Whose subscription an event is about; null when it is about none with us. Subscriptions are on our own account: what
 * a freelancer sells to his clients on his is his own affair.
 *
 * @throws PermanentFailure `unusable_event` when an event of ours lacks what its type always has
 */
export function translateBillingEvent(event: StripeEvent): BillingFact | null {
  if (event.account != null) return null;
  const { object } = event.data;
  switch (event.type) {
    case 'customer.subscription.created':
    case 'customer.subscription.updated':
    case 'customer.subscription.deleted':
      return of(parseObject(subscriptionEventSchema, object).customer);
    case 'invoice.paid':
    case 'invoice.payment_succeeded':
    case 'invoice.payment_failed': {
      const invoice = parseObject(subscriptionInvoiceSchema, object);
      const subscription = invoice.parent?.subscription_details?.subscription ?? invoice.subscription;
      return subscription == null || invoice.customer == null ? null : of(invoice.customer);
    }
    case 'checkout.session.completed': {
      // Of the other mode, or somebody else's: not parsed, for it may lack anything.
      if (object['mode'] !== 'subscription') return null;
      const session = parseObject(subscriptionSessionSchema, object);
      return session.metadata['kind'] !== 'subscription' || session.customer == null
        ? null
        : of(session.customer);
    }
    case 'customer.deleted':
      return { customerId: parseObject(deletedCustomerSchema, object).id, customerDeleted: true };
    default:
      return null;
  }
}

function of(customerId: string): BillingFact {
  return { customerId, customerDeleted: false };
}

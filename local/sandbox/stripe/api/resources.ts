import { isOfStatus } from '../billing/subscriptions';
import { subscriptionOfInvoice } from '../billing/subscriptionOfInvoice';
import { type Resource } from './resource';

/** Stripe's resources that can be read here: path under /v1, kind of object, and the filters of their list. */
export const RESOURCES: Resource[] = [
  { path: 'accounts', kind: 'account' },
  { path: 'charges', kind: 'charge', filters: ['payment_intent', 'customer'] },
  { path: 'checkout/sessions', kind: 'checkout.session', filters: ['payment_intent', 'customer', 'status'] },
  { path: 'customers', kind: 'customer' },
  { path: 'disputes', kind: 'dispute', filters: ['payment_intent', 'charge'] },
  { path: 'events', kind: 'event', filters: ['type'] },
  {
    path: 'invoices',
    kind: 'invoice',
    filters: ['customer', 'subscription', 'status'],
    matches: {
      subscription: (invoice, wanted) => wanted === undefined || subscriptionOfInvoice(invoice) === wanted,
    },
  },
  { path: 'payment_intents', kind: 'payment_intent', filters: ['customer'] },
  { path: 'prices', kind: 'price' },
  { path: 'refunds', kind: 'refund', filters: ['payment_intent', 'charge'] },
  {
    path: 'subscriptions',
    kind: 'subscription',
    filters: ['customer', 'status'],
    matches: { status: isOfStatus },
  },
  { path: 'webhook_endpoints', kind: 'webhook_endpoint', filters: [] },
];

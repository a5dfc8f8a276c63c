import { type Metadata } from './stripeObjects';

/** Whether an object was made by us for an invoice: others on the same Stripe account are not ours to touch. */
export function isForInvoice(metadata: Metadata): boolean {
  return metadata['kind'] === 'invoice';
}

import * as z from 'zod';
import { type StripeClient } from './createStripeClient';

const endpointSchema = z.object({
  id: z.string(),
  url: z.string(),
  status: z.string(),
  enabled_events: z.array(z.string()),
});

/** Where Stripe sends events of our own account, and of connected ones where that is set up. */
export type WebhookEndpoint = z.infer<typeof endpointSchema>;

/** @throws whatever the client throws */
export async function listWebhookEndpoints(stripe: StripeClient): Promise<WebhookEndpoint[]> {
  const { data } = await stripe.webhookEndpoints.list({ limit: 100 });
  return z.array(endpointSchema).parse(data);
}

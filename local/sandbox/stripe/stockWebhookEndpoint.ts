import { hostingTargets } from '../hostingTargets';
import { setting } from '../settings';
import { type StripeStore } from './stripeStore';

/** The webhook endpoint that somebody has set up at this Stripe: where the deployed functions' origin is said to be. */
export function stockWebhookEndpoint(store: StripeStore): void {
  store.put(
    {
      id: 'we_recoup_local',
      object: 'webhook_endpoint',
      api_version: null,
      application: null,
      created: 1_760_000_000,
      description: null,
      enabled_events: ['*'],
      livemode: false,
      metadata: {},
      status: 'enabled',
      url: hostingTargets(setting('PUBLIC_BASE_URL')).stripe,
    },
    null,
  );
}

import { setGlobalOptions } from 'firebase-functions/v2';
import { onRequest } from 'firebase-functions/v2/https';
import { onSchedule } from 'firebase-functions/v2/scheduler';
import { params } from './platform/config';

// Every deployed function, one entry each: the map of the house. What a function does is loaded when it is first called.

setGlobalOptions({ region: 'europe-west2', memory: '512MiB', maxInstances: 20 });

const secrets = [params.stripeSecretKey, params.stripeWebhookSecret];

export const stripeWebhook = onRequest(
  { secrets, concurrency: 80, timeoutSeconds: 60 },
  async (request, response) =>
    (await import('./webhooks/stripeWebhook.js')).handleStripeWebhook(request, response),
);

export const retryWebhooks = onSchedule(
  { schedule: '* * * * *', timeZone: 'Europe/London', secrets, timeoutSeconds: 300, maxInstances: 1 },
  async (event) => (await import('./scheduled/retryWebhooks.js')).handleRetryWebhooks(event),
);

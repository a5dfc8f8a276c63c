import { type StripeObject } from '../stripeObject';

export interface EventFacts {
  id: string;
  type: string;
  object: unknown;
  previousAttributes?: Record<string, unknown>;
  /** Only an event of a connected account has one. */
  account?: string;
  apiVersion: string;
  /** Seconds. */
  created: number;
  requestId: string | null;
  idempotencyKey: string | null;
  pendingWebhooks: number;
}

/** Stripe's event envelope. */
export function buildEvent(facts: EventFacts): StripeObject {
  return {
    id: facts.id,
    object: 'event',
    ...(facts.account === undefined ? {} : { account: facts.account }),
    api_version: facts.apiVersion,
    created: facts.created,
    data: {
      object: facts.object,
      ...(facts.previousAttributes === undefined ? {} : { previous_attributes: facts.previousAttributes }),
    },
    livemode: false,
    pending_webhooks: facts.pendingWebhooks,
    request: { id: facts.requestId, idempotency_key: facts.idempotencyKey },
    type: facts.type,
  };
}

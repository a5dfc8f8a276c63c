import { applyStripeEvent } from './applyStripeEvent';
import { type Deps } from './deps';
import { type IncomingEvent } from './incomingEvent';
import { readStripeEvent } from './readStripeEvent';

/**
 * An event of Stripe, from verified bytes.
 *
 * @throws BadInputError when they carry no usable identity
 */
export function incomingStripeEvent(deps: Deps, rawBody: Uint8Array): IncomingEvent {
  const { eventId, eventType, parse } = readStripeEvent(rawBody);
  return {
    identity: { source: 'stripe', eventId, eventType },
    rawBody,
    context: null,
    apply: async (attemptId) => {
      const event = parse();
      return event === null ? null : applyStripeEvent(deps, attemptId, event);
    },
  };
}

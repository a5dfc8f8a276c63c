import { type FailedWebhook } from '../domain/webhooks/failedWebhook';
import { PermanentFailure } from '../platform/errors';
import { incomingClerkEvent } from './account/incomingClerkEvent';
import { type Deps } from './deps';
import { incomingEmailEvent } from './incomingEmailEvent';
import { type IncomingEvent } from './incomingEvent';
import { incomingSms } from './incomingSms';
import { incomingSmsStatus } from './incomingSmsStatus';
import { incomingStripeEvent } from './incomingStripeEvent';

/**
 * A failed event, as it came: what applies it is what applies a live delivery.
 *
 * @throws PermanentFailure `unknown_source` when nothing takes events of that source; BadInputError as for a live one
 */
export function recordedEvent(
  deps: Deps,
  row: Pick<FailedWebhook, 'source' | 'eventId' | 'context'>,
  rawBody: Uint8Array,
): IncomingEvent {
  switch (row.source) {
    case 'stripe':
      return incomingStripeEvent(deps, rawBody);
    case 'twilio':
      if (row.context?.webhook === 'sms_reply') return incomingSms(deps, rawBody);
      if (row.context?.webhook === 'sms_status') {
        return incomingSmsStatus(deps, rawBody, row.context.outboxId);
      }
      break;
    case 'sendgrid':
      return incomingEmailEvent(deps, rawBody);
    case 'clerk':
      return incomingClerkEvent(deps, rawBody, row.eventId);
  }
  throw new PermanentFailure('unknown_source', 'No handler takes events of this source.');
}

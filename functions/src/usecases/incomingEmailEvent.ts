import { isDocumentId } from '../domain/documentId';
import { type EmailEvent, emailEventSchema } from '../domain/messages/emailEvent';
import { BadInputError, PermanentFailure } from '../platform/errors';
import { applyEmailEvent } from './applyEmailEvent';
import { type Deps } from './deps';
import { type IncomingEvent } from './incomingEvent';

/**
 * One event of a batch whose signature was verified.
 *
 * @param rawBody this event alone, as JSON
 * @throws BadInputError when it has no usable sg_event_id
 */
export function incomingEmailEvent(deps: Deps, rawBody: Uint8Array): IncomingEvent {
  const json: unknown = JSON.parse(new TextDecoder().decode(rawBody));
  const fields = typeof json === 'object' && json !== null ? json : {};
  const id = 'sg_event_id' in fields ? fields.sg_event_id : undefined;
  // Base64 of whatever length: the padding says nothing, and is not allowed in a key.
  const eventId = typeof id === 'string' ? id.replace(/=+$/, '') : undefined;
  if (!isDocumentId(eventId)) throw new BadInputError('An event has no usable sg_event_id.');
  const eventType =
    'event' in fields && typeof fields.event === 'string' ? fields.event.slice(0, 200) : 'unknown';
  return {
    identity: { source: 'sendgrid', eventId, eventType },
    rawBody,
    context: null,
    apply: async (attemptId) => applyEmailEvent(deps, attemptId, eventId, parse(json)),
  };
}

function parse(json: unknown): EmailEvent {
  const parsed = emailEventSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new PermanentFailure('unusable_event', 'This is not an event that we can use.', {
    cause: parsed.error,
  });
}

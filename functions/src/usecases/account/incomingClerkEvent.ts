import { clerkEventSchema, clerkEventTypes } from '../../domain/account/clerkEvent';
import { isDocumentId } from '../../domain/documentId';
import { BadInputError, PermanentFailure } from '../../platform/errors';
import { type EventIdentity } from '../../store/claim';
import { type Deps } from '../deps';
import { type IncomingEvent } from '../incomingEvent';
import { applyClerkEvent } from './applyClerkEvent';

/**
 * An event of Clerk, from verified bytes.
 *
 * @param svixId the event's id, which stands in the signed headers and not in the bytes
 * @throws BadInputError when the bytes are not JSON, or the id is not usable
 */
export function incomingClerkEvent(deps: Deps, rawBody: Uint8Array, svixId: unknown): IncomingEvent {
  if (!isDocumentId(svixId)) throw new BadInputError('The event has no usable id.');
  const json = parseJson(rawBody);
  const fields = typeof json === 'object' && json !== null ? json : {};
  const eventType =
    'type' in fields && typeof fields.type === 'string' ? fields.type.slice(0, 200) : 'unknown';
  const identity: EventIdentity = { source: 'clerk', eventId: svixId, eventType };
  return {
    identity,
    rawBody,
    context: null,
    apply: async (attemptId) => {
      // One without a type is no event of another kind, but a broken one.
      if (eventType !== 'unknown' && !clerkEventTypes.includes(eventType)) return null;
      const parsed = clerkEventSchema.safeParse(json);
      if (!parsed.success) {
        throw new PermanentFailure('unusable_event', 'This is not an event that we can use.', {
          cause: parsed.error,
        });
      }
      return applyClerkEvent(deps, attemptId, identity, parsed.data);
    },
  };
}

function parseJson(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch (error) {
    throw new BadInputError('The body is not JSON.', { cause: error });
  }
}

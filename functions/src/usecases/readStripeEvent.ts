import * as z from 'zod';
import { isDocumentId } from '../domain/documentId';
import { type StripeEvent, stripeEventSchema } from '../domain/payment/stripeEvent';
import { BadInputError, PermanentFailure } from '../platform/errors';

/** The identity of a verified event, known before anything else of it is. */
export interface IncomingStripeEvent {
  readonly eventId: string;
  readonly eventType: string;
  /**
   * Parses the rest; null when it is of Stripe's v2 API: such an event carries no object, and none of the types that we
   * handle come in that form. Throws PermanentFailure `unusable_event` when it is not an event that we can use.
   */
  readonly parse: () => StripeEvent | null;
}

/**
 * Reads verified bytes as far as an identity is needed to record what becomes of them.
 *
 * @throws BadInputError when they are not JSON, or carry no event id of the form `[A-Za-z0-9_.-]{1,255}`
 */
export function readStripeEvent(rawBody: Uint8Array): IncomingStripeEvent {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch (error) {
    throw new BadInputError('The body is not JSON.', { cause: error });
  }
  const fields = typeof json === 'object' && json !== null ? json : {};
  if (!('id' in fields) || !isDocumentId(fields.id)) throw new BadInputError('The event has no usable id.');
  const eventType =
    'type' in fields && typeof fields.type === 'string' ? fields.type.slice(0, 200) : 'unknown';
  return { eventId: fields.id, eventType, parse: () => parseStripeEvent(json) };
}

const v2Schema = z.object({ object: z.templateLiteral(['v2.', z.string()]) });

function parseStripeEvent(json: unknown): StripeEvent | null {
  if (v2Schema.safeParse(json).success) return null;
  const parsed = stripeEventSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new PermanentFailure('unusable_event', 'This is not an event that we can use.', {
    cause: parsed.error,
  });
}

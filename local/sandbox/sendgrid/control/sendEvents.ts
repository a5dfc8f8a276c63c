import { z } from 'zod';
import { ControlError } from '../../controlError';
import { deliveries } from '../../deliveries';
import { parseControl } from '../../parseControl';
import { applyEvent } from '../carrier/applyEvent';
import { buildEvent } from '../carrier/buildEvent';
import { postBatch } from '../carrier/postBatch';
import { type Mail, type Recipient } from '../mail';
import { SUPPRESSIONS } from '../mailStore';
import { type SendgridContext } from '../sendgridContext';

/** Further fields go into the event as they are, and win over the usual ones. */
const eventSchema = z.looseObject({
  event: z.string().min(1),
  /** The same id again is the same event again. */
  sgEventId: z.string().min(1).optional(),
  /** Unix seconds; the sandbox's clock without it. */
  timestamp: z.number().int().optional(),
});

const batchSchema = z.strictObject({
  /** The x-message-id of an accepted mail; without it the events are about a mail that SendGrid can not name. */
  messageId: z.string().min(1).optional(),
  /** One of the mail's addresses; its first without it. */
  to: z.string().min(3).optional(),
  events: z.array(eventSchema).min(1).max(1000),
  deliveries,
  /** Which of the private keys signs. */
  secretIndex: z.number().int().min(0).default(0),
});

/**
 * POST /_sandbox/sendgrid/events: something happens to a mail. Its status and suppressions change accordingly, and all
 * events are posted in one request, `deliveries` times at once. Answers with the events and with what the webhook said.
 * @throws ControlError for an unknown mail or address (404), or when no webhook URL is configured (409).
 */
export async function sendEvents(context: SendgridContext, body: unknown): Promise<unknown> {
  const wish = parseControl(batchSchema, body);
  const target = context.eventTarget();
  if (target === undefined && wish.deliveries > 0) {
    throw new ControlError('No webhook URL for SendGrid is configured.', 409);
  }
  const about = wish.messageId === undefined ? undefined : find(context, wish.messageId, wish.to);
  const email = about?.recipient.email ?? wish.to;
  if (email === undefined) throw new ControlError('Say messageId, to, or both.');
  const events = wish.events.map(({ event, sgEventId, timestamp, ...more }) =>
    buildEvent({
      event,
      email,
      timestamp: timestamp ?? Math.floor(context.now().getTime() / 1000),
      about,
      more: {
        ...(event === 'dropped' ? droppedFor(context, email) : {}),
        ...(sgEventId === undefined ? {} : { sg_event_id: sgEventId }),
        ...more,
      },
    }),
  );
  for (const event of events) applyEvent(context, event, about?.recipient);
  const results = await Promise.all(
    Array.from({ length: wish.deliveries }, () => postBatch(target ?? '', events, wish.secretIndex)),
  );
  return { events, deliveries: results };
}

function droppedFor(context: SendgridContext, email: string): Record<string, string> {
  const suppression = context.store.suppressionOf(email);
  return suppression === undefined ? {} : { reason: SUPPRESSIONS[suppression] };
}

function find(
  context: SendgridContext,
  messageId: string,
  to: string | undefined,
): { mail: Mail; recipient: Recipient } {
  const mail = context.store.get(messageId);
  const recipient = mail?.recipients.find(({ email }) => to === undefined || email === to);
  if (mail === undefined || recipient === undefined) {
    throw new ControlError(`No mail ${messageId}${to === undefined ? '' : ` to ${to}`}.`, 404);
  }
  return { mail, recipient };
}

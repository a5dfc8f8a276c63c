import { type Request } from 'firebase-functions/v2/https';
import type { Response } from 'express';
import * as z from 'zod';
import { atOnce } from '../platform/atOnce';
import { realClock } from '../platform/clock';
import { secretOf } from '../platform/config';
import { asRecoupError, BadInputError } from '../platform/errors';
import { log } from '../platform/log';
import { verifySendgridSignature } from '../providers/sendgrid/verifySendgridSignature';
import { type Deps } from '../usecases/deps';
import { incomingEmailEvent } from '../usecases/incomingEmailEvent';
import { receiveEvent } from '../usecases/receiveEvent';
import { answerWebhook, answerWillRetry } from './answerWebhook';
import { rawBodyOf } from './rawBodyOf';

/** SendGrid's batches are some hundred kilobytes. */
const LIMITS = { mostBytes: 4 * 1024 * 1024, contentType: 'application/json' } as const;

/** Messages whose events are applied at the same time. */
const AT_ONCE = 8;

const batchSchema = z.array(z.record(z.string(), z.unknown()));
type BatchedEvent = z.infer<typeof batchSchema>[number];

/**
 * `POST /api/webhook/sendgrid`: a batch of events. Each is applied or recorded by itself; one that fails keeps none of
 * the others from it, and what was done is not done again when the batch comes back.
 */
export function handleSendgridEvents(request: Request, response: Response): Promise<void> {
  return answerWebhook('sendgrid', request, response, async (deps) => {
    const rawBody = rawBodyOf(request, LIMITS);
    verifySendgridSignature(
      rawBody,
      {
        signature: request.get('x-twilio-email-event-webhook-signature'),
        timestamp: request.get('x-twilio-email-event-webhook-timestamp'),
      },
      secretOf(deps.config, 'sendgridWebhookPublicKeys'),
      realClock,
    );
    const groups = byMessage(parseBatch(rawBody));
    const results = (await atOnce(AT_ONCE, groups, (group) => takeInOrder(deps, group))).flat();
    if (results.includes('failed')) answerWillRetry(response);
    else if (results.includes('unusable')) throw new BadInputError('An event has no usable sg_event_id.');
    else response.status(200).json({ received: results.length });
  });
}

function parseBatch(rawBody: Uint8Array): readonly BatchedEvent[] {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch (error) {
    throw new BadInputError('The body is not JSON.', { cause: error });
  }
  const parsed = batchSchema.safeParse(json);
  if (!parsed.success) throw new BadInputError('The body is not a list of events.');
  return parsed.data;
}

/** The events of one message stay in their order, and do not compete for its item. */
function byMessage(events: readonly BatchedEvent[]): BatchedEvent[][] {
  const groups = new Map<string, BatchedEvent[]>();
  for (const event of events) {
    const key = JSON.stringify([event['outboxId'] ?? null, event['email'] ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return [...groups.values()];
}

type Result = 'done' | 'failed' | 'unusable';

async function takeInOrder(deps: Deps, events: readonly BatchedEvent[]): Promise<Result[]> {
  return atOnce(1, events, async (event) => {
    try {
      const incoming = incomingEmailEvent(deps, Buffer.from(JSON.stringify(event)));
      const receipt = await receiveEvent(deps, incoming);
      return receipt.kind === 'will_retry' ? 'failed' : 'done';
    } catch (thrown) {
      const error = asRecoupError(thrown);
      if (error instanceof BadInputError) return 'unusable';
      log.webhookRejected({ source: 'sendgrid', reason: error.code, status: 500, cause: thrown });
      return 'failed';
    }
  });
}

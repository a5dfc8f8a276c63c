import * as z from 'zod';
import { type Caller } from '../../domain/caller';
import { type FailedWebhook } from '../../domain/webhooks/failedWebhook';
import { NotFoundError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type Deps } from '../deps';
import { asAdmin } from './asAdmin';

export interface ListedFailure {
  /** `{source}_{eventId}`. */
  readonly id: string;
  readonly source: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly status: string;
  readonly attempts: number;
  readonly lastError: { readonly code: string; readonly message: string } | null;
  /** ISO. */
  readonly createdAt: string | null;
  readonly nextRetryAt: string | null;
}

export interface FailureQuery {
  readonly status: FailedWebhook['status'];
  readonly limit: number;
  /** Behind this one, of the same list. */
  readonly after: string | null;
}

/** Lenient, for a row that fits nothing else is just what an operator looks for. */
const rowSchema = z.object({
  source: z.string().catch('?'),
  eventId: z.string().catch('?'),
  eventType: z.string().catch('?'),
  status: z.string().catch('?'),
  attempts: z.number().catch(0),
  lastError: z.object({ code: z.string(), message: z.string() }).nullish().catch(null),
  createdAt: z.date().nullish().catch(null),
  nextRetryAt: z.date().nullish().catch(null),
});

/**
 * Failed events in one status, the oldest first, without their bytes.
 *
 * @returns `next`: what `after` is to be for the following page; null at the end
 */
export function listFailedWebhooks(
  deps: Deps,
  caller: Caller,
  { status, limit, after }: FailureQuery,
): Promise<{ readonly events: readonly ListedFailure[]; readonly next: string | null }> {
  const { db } = deps;
  return asAdmin(deps, caller, { action: 'listFailedWebhooks', target: status }, async () => {
    let query = collections.failedWebhooksBy(db, status).limit(limit);
    if (after !== null) {
      const last = await collections.failedWebhook(db, after).get();
      if (!last.exists) throw new NotFoundError('There is no such failed event.');
      query = query.startAfter(last);
    }
    const { docs } = await query.get();
    const events = docs.map((doc) => {
      const { createdAt, nextRetryAt, lastError = null, ...rest } = decode(rowSchema, doc);
      return {
        ...rest,
        id: doc.id,
        lastError,
        createdAt: createdAt?.toISOString() ?? null,
        nextRetryAt: nextRetryAt?.toISOString() ?? null,
      };
    });
    return { events, next: docs.length === limit ? (docs.at(-1)?.id ?? null) : null };
  });
}

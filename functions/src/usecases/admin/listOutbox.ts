import * as z from 'zod';
import { type Caller } from '../../domain/caller';
import { isResendable } from '../../domain/messages/isResendable';
import { type OutboxStatus, outboxStatuses } from '../../domain/messages/outboxRow';
import { NotFoundError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type Deps } from '../deps';
import { asAdmin } from './asAdmin';

/** A message as operators see it: neither its address nor its words. Instants are ISO. */
export interface ListedMessage {
  readonly id: string;
  readonly class: string;
  readonly channel: string;
  readonly template: string;
  readonly level: string | null;
  readonly invoiceId: string | null;
  readonly freelancerId: string | null;
  readonly status: string;
  /** A code. */
  readonly reason: string | null;
  readonly attempts: number;
  readonly resends: number;
  readonly resendOf: string | null;
  /** Whether resendOutbox would take it, unless one took its place already. */
  readonly resendable: boolean;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly notBefore: string | null;
}

export interface OutboxQuery {
  readonly status: OutboxStatus;
  readonly limit: number;
  /** Behind this one, of the same list. */
  readonly after: string | null;
}

const text = z.string().catch('?');
const id = z.string().nullable().catch(null);
const count = z.number().catch(0);
const instant = z.date().nullish().catch(null);

/** Lenient, for a row that fits nothing else is just what an operator looks for. */
const rowSchema = z.object({
  class: text,
  channel: text,
  template: text,
  level: id,
  invoiceId: id,
  freelancerId: id,
  status: z.enum(outboxStatuses).catch('pending'),
  reason: id,
  attempts: count,
  resends: count,
  resendOf: id,
  createdAt: instant,
  updatedAt: instant,
  notBefore: instant,
  expiresAt: instant,
});

/**
 * Messages in one status, the oldest first, without address and words.
 *
 * @returns `total`: how many are in that status; `next`: what `after` is to be for the following page, null at the end
 */
export function listOutbox(
  deps: Deps,
  caller: Caller,
  { status, limit, after }: OutboxQuery,
): Promise<{
  readonly messages: readonly ListedMessage[];
  readonly total: number;
  readonly next: string | null;
}> {
  const { db } = deps;
  return asAdmin(deps, caller, { action: 'listOutbox', target: status }, async () => {
    const all = collections.messagesBy(db, status);
    let query = all.limit(limit);
    if (after !== null) {
      const last = await collections.outbox(db, after).get();
      if (!last.exists) throw new NotFoundError('There is no such message.');
      query = query.startAfter(last);
    }
    const [{ docs }, counted] = await Promise.all([query.get(), all.count().get()]);
    const messages = docs.map((doc) => {
      const { createdAt, updatedAt, notBefore, expiresAt, ...rest } = decode(rowSchema, doc);
      return {
        ...rest,
        id: doc.id,
        resendable: isResendable({ status: rest.status, expiresAt }),
        createdAt: createdAt?.toISOString() ?? null,
        updatedAt: updatedAt?.toISOString() ?? null,
        notBefore: notBefore?.toISOString() ?? null,
      };
    });
    const last = docs.at(-1);
    return {
      messages,
      total: counted.data().count,
      next: last !== undefined && docs.length === limit ? last.id : null,
    };
  });
}

import * as z from 'zod';
import { type Caller } from '../../domain/caller';
import { optOutSchema } from '../../domain/optOut/optOut';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type Deps } from '../deps';
import { recipientHashOf } from '../recipientHashOf';
import { asAdmin } from './asAdmin';

export interface OptOutAnswer {
  /** `unknown`: the number has said nothing. */
  readonly status: 'opted_out' | 'opted_in' | 'unknown';
  /** ISO. */
  readonly optedOutAt: string | null;
  readonly optedInAt: string | null;
  /** What was said, the newest first. */
  readonly history: readonly {
    readonly id: string;
    readonly action: string;
    readonly method: string;
    readonly at: string | null;
    /** False where the opposite had been said since. */
    readonly applied: boolean;
  }[];
}

const auditSchema = z.object({
  action: z.string(),
  method: z.string(),
  timestamp: z.date().nullish(),
  applied: z.boolean().default(true),
});

const MOST_ROWS = 50;

/**
 * Whether a number may be texted, and what it has said. In the audit log stands its keyed hash.
 *
 * @param input `phone`: E.164
 * @throws ForbiddenError
 */
export function lookupOptOut(
  deps: Deps,
  caller: Caller,
  { phone }: { readonly phone: string },
): Promise<OptOutAnswer> {
  const { db } = deps;
  const target = recipientHashOf(deps, 'sms', phone);
  return asAdmin(deps, caller, { action: 'lookupOptOut', target }, async () => {
    const [snapshot, { docs }] = await Promise.all([
      collections.smsOptOut(db, phone).get(),
      collections.optOutAuditOf(db, phone).limit(MOST_ROWS).get(),
    ]);
    const optOut = decode(optOutSchema, snapshot);
    return {
      status: optOut?.status ?? 'unknown',
      optedOutAt: optOut?.optedOutAt?.toISOString() ?? null,
      optedInAt: optOut?.optedInAt?.toISOString() ?? null,
      history: docs.flatMap((doc) => {
        const row = decode(auditSchema, doc);
        if (row === null) return [];
        const { action, method, applied, timestamp } = row;
        return { id: doc.id, action, method, applied, at: timestamp?.toISOString() ?? null };
      }),
    };
  });
}

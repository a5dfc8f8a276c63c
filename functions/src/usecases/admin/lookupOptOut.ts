import { type Caller } from '../../domain/caller';
import { optOutAuditSchema } from '../../domain/optOut/optOutAudit';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { UnitOfWork } from '../../store/unitOfWork';
import { contactSetting } from '../contact/contactSetting';
import { optOutOf, optOutRefs } from '../contact/optOutRefs';
import { type Deps } from '../deps';
import { recipientHashesOf, recipientHashOf } from '../recipientHashOf';
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
    const hashes = recipientHashesOf(deps, 'sms', phone);
    const refs = optOutRefs(deps, await contactSetting(deps), phone);
    const unit = new UnitOfWork(db);
    const [{ docs }] = await Promise.all([
      collections
        .optOutAuditOf(db, [phone, ...hashes])
        .limit(MOST_ROWS)
        .get(),
      unit.read(...refs),
    ]);
    const optOut = optOutOf(unit, refs);
    return {
      status: optOut?.status ?? 'unknown',
      optedOutAt: optOut?.optedOutAt?.toISOString() ?? null,
      optedInAt: optOut?.optedInAt?.toISOString() ?? null,
      history: docs.map((doc) => {
        const { action, method, applied, timestamp } = decode(optOutAuditSchema, doc);
        return { id: doc.id, action, method, applied, at: timestamp?.toISOString() ?? null };
      }),
    };
  });
}

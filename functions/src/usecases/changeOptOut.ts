import { optOutSchema } from '../domain/optOut/optOut';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';

export interface OptOutChange {
  /** E.164. */
  readonly phone: string;
  readonly action: 'opt_out' | 'opt_in';
  readonly method: 'sms_reply' | 'manual' | 'carrier';
  readonly messageSid: string | null;
  /** Names the change for ever: the message's sid, `carrier_{outbox id}` or `manual_…`. */
  readonly auditId: string;
}

/**
 * Adds a STOP or START to the unit of work, with its audit row. The row never expires, so a change that was applied
 * once is never applied again, however much later the same message comes back.
 *
 * @returns false when this very change was applied before: nothing is written
 */
export async function changeOptOut(
  deps: Pick<Deps, 'db' | 'clock'>,
  unit: UnitOfWork,
  change: OptOutChange,
): Promise<boolean> {
  const { phone, action, method, messageSid } = change;
  const ref = collections.smsOptOut(deps.db, phone);
  const auditRef = collections.smsOptOutAudit(deps.db, change.auditId);
  await unit.read(ref, auditRef);
  if (unit.snapshot(auditRef).exists) return false;
  const now = deps.clock.now();
  const current = decode(optOutSchema, unit.snapshot(ref));
  if (action === 'opt_in') {
    unit.save(ref, { phoneNumber: phone, status: 'opted_in', optedInAt: now, messageSid, updatedAt: now });
  } else if (current?.status !== 'opted_out') {
    // A second STOP changes nothing: the first one's day is the one that people are told.
    unit.save(ref, {
      phoneNumber: phone,
      status: 'opted_out',
      optedOutAt: now,
      optOutMethod: method,
      messageSid,
      updatedAt: now,
    });
  }
  unit.create(auditRef, { phoneNumber: phone, action, method, messageSid, timestamp: now });
  return true;
}

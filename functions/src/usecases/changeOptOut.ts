import { decideOptOut } from '../domain/optOut/decideOptOut';
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
  /** Names the change for ever: the message's sid, `carrier_{message's sid}` or `manual_…`. */
  readonly auditId: string;
  /** When it was said, if that was earlier than now. */
  readonly saidAt?: Date;
}

/** `repeated`: this very change was made before. `superseded`: the opposite has been said since. */
export type OptOutResult = 'changed' | 'superseded' | 'repeated';

/**
 * Adds a STOP or START to the unit of work, with its audit row. The row never expires, so a change that was applied
 * once is never applied again, however much later the same message comes back. One that comes too late is written
 * down as well, with `applied: false`: else it could be brought back once its claim has expired.
 */
export async function changeOptOut(
  deps: Pick<Deps, 'db' | 'clock'>,
  unit: UnitOfWork,
  change: OptOutChange,
): Promise<OptOutResult> {
  const { phone, action, method, messageSid } = change;
  const ref = collections.smsOptOut(deps.db, phone);
  const auditRef = collections.smsOptOutAudit(deps.db, change.auditId);
  await unit.read(ref, auditRef);
  if (unit.snapshot(auditRef).exists) return 'repeated';
  const now = deps.clock.now();
  const saidAt = change.saidAt ?? now;
  const decision = decideOptOut(decode(optOutSchema, unit.snapshot(ref)), action, saidAt);
  const common = { phoneNumber: phone, messageSid, updatedAt: now };
  switch (decision.kind) {
    case 'opt_in':
      unit.save(ref, { ...common, status: 'opted_in', optedInAt: decision.optedInAt });
      break;
    case 'opt_out':
      unit.save(ref, {
        ...common,
        status: 'opted_out',
        optedOutAt: saidAt,
        lastOptOutAt: saidAt,
        optOutMethod: method,
      });
      break;
    case 'still_opted_out':
      // Written although little changes: a START that commits meanwhile must not be the last word.
      unit.update(ref, { lastOptOutAt: decision.lastOptOutAt, updatedAt: now });
      break;
    case 'superseded':
      break;
  }
  const applied = decision.kind !== 'superseded';
  unit.create(auditRef, { phoneNumber: phone, action, method, messageSid, timestamp: now, saidAt, applied });
  return applied ? 'changed' : 'superseded';
}

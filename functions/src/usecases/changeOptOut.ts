import { type DocumentData, type DocumentReference } from 'firebase-admin/firestore';
import { decideOptOut } from '../domain/optOut/decideOptOut';
import { collections } from '../store/collections';
import { type UnitOfWork } from '../store/unitOfWork';
import { contactSetting } from './contact/contactSetting';
import { filedUnder } from './contact/filedUnder';
import { optOutOf, optOutRefs } from './contact/optOutRefs';
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
  deps: Pick<Deps, 'db' | 'clock' | 'config'>,
  unit: UnitOfWork,
  change: OptOutChange,
): Promise<OptOutResult> {
  const { phone, action, method, messageSid } = change;
  const setting = await contactSetting(deps);
  const refs = optOutRefs(deps, setting, phone);
  const auditRef = collections.smsOptOutAudit(deps.db, change.auditId);
  await unit.read(...refs, auditRef);
  if (unit.snapshot(auditRef).exists) return 'repeated';
  const now = deps.clock.now();
  const saidAt = change.saidAt ?? now;
  const decision = decideOptOut(optOutOf(unit, refs), action, saidAt);
  const rows = refs.filter((ref) => unit.snapshot(ref).exists);
  const write = async (targets: readonly DocumentReference[], fields: DocumentData): Promise<void> => {
    for (const target of targets) unit.update(target, { ...fields, messageSid, updatedAt: now });
    if (targets.length > 0) return;
    const made = await filedUnder(deps, setting, phone, (id) => collections.smsOptOut(deps.db, id));
    unit.create(made.ref, { ...made.fields, ...fields, messageSid, updatedAt: now });
  };
  switch (decision.kind) {
    case 'opt_in':
      // In each of its rows, for a "no" in any of them is a "no".
      await write(rows, { status: 'opted_in', optedInAt: decision.optedInAt });
      break;
    case 'opt_out':
      await write(rows.slice(0, 1), {
        status: 'opted_out',
        optedOutAt: saidAt,
        lastOptOutAt: saidAt,
        optOutMethod: method,
      });
      break;
    case 'still_opted_out':
      // Written although little changes: a START that commits meanwhile must not be the last word.
      for (const row of rows) unit.update(row, { lastOptOutAt: decision.lastOptOutAt, updatedAt: now });
      break;
    case 'superseded':
      break;
  }
  const applied = decision.kind !== 'superseded';
  const filed = await filedUnder(deps, setting, phone, () => auditRef);
  unit.create(auditRef, {
    ...filed.fields,
    action,
    method,
    messageSid,
    timestamp: now,
    saidAt,
    applied,
  });
  return applied ? 'changed' : 'superseded';
}

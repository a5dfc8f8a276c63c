import { type DocumentReference } from 'firebase-admin/firestore';
import { type ContactSetting } from '../../domain/contact/contactSetting';
import { type OptOut, optOutSchema } from '../../domain/optOut/optOut';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { recipientHashesOf } from '../recipientHashOf';

/**
 * Where a number's opt-out may stand: under the number, and under its hash by each live key, as far as the setting says
 * that there may be such rows. A new one goes to the first.
 */
export function optOutRefs(
  deps: Pick<Deps, 'db' | 'config'>,
  { writes, looksForClear, looksForSealed }: ContactSetting,
  phone: string,
): readonly [DocumentReference, ...DocumentReference[]] {
  const clear = collections.smsOptOut(deps.db, phone);
  if (!looksForSealed) return [clear];
  const [newest, ...older] = recipientHashesOf(deps, 'sms', phone).map((hash) =>
    collections.smsOptOut(deps.db, hash),
  );
  if (newest === undefined) return [clear];
  if (writes === 'clear') return [clear, newest, ...older];
  return [newest, ...older, ...(looksForClear ? [clear] : [])];
}

/** What a number has said, from all its rows: a "no" in any of them is a "no". Null when it has said nothing. */
export function optOutOf(unit: UnitOfWork, refs: readonly DocumentReference[]): OptOut | null {
  const rows = refs.flatMap((ref) => decode(optOutSchema, unit.snapshot(ref)) ?? []);
  return rows.find(({ status }) => status === 'opted_out') ?? rows[0] ?? null;
}

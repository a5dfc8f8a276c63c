import { type DocumentData, type DocumentReference, FieldValue } from 'firebase-admin/firestore';
import { type OptOut, optOutSchema } from '../../domain/optOut/optOut';
import { PermanentFailure } from '../../platform/errors';
import { sealVersion } from '../../platform/sealedValue';
import { collections } from '../../store/collections';
import { PLATFORM } from '../../store/dataKeysSchema';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { type ContactKind } from './contactKind';
import { dataKeysOf } from './dataKeysOf';
import { filedUnder, NUMBER_SEALED } from './filedUnder';
import { openContact } from './openContact';

type NarrowDeps = Pick<Deps, 'db' | 'config'>;

const SEALED = { writes: 'sealed', reversible: true } as const;
const SETTLED = { writes: 'sealed', reversible: false } as const;

/** Opt-outs: a row moves from the number to its hash, or back, in one commit. The only delete of an opt-out that there is. */
export const optOutKind: ContactKind = {
  name: 'sms_opt_outs',
  plan: async (deps, unit, ref, form) => {
    const { db } = deps;
    const place = (id: string): DocumentReference => collections.smsOptOut(db, id);
    const known = decode(optOutSchema, unit.snapshot(ref));
    if (known === null) return null;
    const isClear = ref.id.startsWith('+');
    if (form === 'clear') {
      if (isClear) return null;
      return async () => {
        const phone = await numberOf(deps, ref, known);
        await move(unit, ref, place(phone), { phoneNumber: phone, [NUMBER_SEALED]: FieldValue.delete() });
      };
    }
    if (isClear) {
      return async () => {
        const filed = await filedUnder(deps, form === 'settled' ? SETTLED : SEALED, ref.id, place);
        if (filed.ref.id === ref.id)
          throw new PermanentFailure('contact_unreadable', 'It can not be sealed.');
        await move(unit, ref, filed.ref, filed.fields);
      };
    }
    return plainly(deps, unit, ref, known, form);
  },
};

/** The audit of opt-outs: the rows stay where they are, and hold the hash in place of the number, or the other way round. */
export const optOutAuditKind: ContactKind = {
  name: 'sms_opt_out_audit',
  plan: async (deps, unit, ref, form) => {
    const known = unit.snapshot(ref).data() ?? {};
    const filed: unknown = known['phoneNumber'];
    if (typeof filed !== 'string') return null;
    const isClear = filed.startsWith('+');
    if (form === 'clear') {
      if (isClear) return null;
      return async () => {
        const phone = await numberOf(deps, ref, known);
        unit.update(ref, { phoneNumber: phone, [NUMBER_SEALED]: FieldValue.delete() });
      };
    }
    if (!isClear) return plainly(deps, unit, ref, known, form);
    return async () => {
      const { fields } = await filedUnder(deps, form === 'settled' ? SETTLED : SEALED, filed, () => ref);
      unit.update(ref, fields);
    };
  },
};

/** What is to be done to a row that stands under its hash already. */
async function plainly(
  deps: NarrowDeps,
  unit: UnitOfWork,
  ref: DocumentReference,
  known: DocumentData,
  form: 'sealed' | 'settled' | 'renewed',
): Promise<(() => Promise<void>) | null> {
  const hasNumber = typeof known[NUMBER_SEALED] === 'string';
  if (form === 'settled' && hasNumber) {
    return () => {
      unit.update(ref, { [NUMBER_SEALED]: FieldValue.delete() });
      return Promise.resolve();
    };
  }
  if (form !== 'renewed' || !hasNumber) return null;
  const { version } = await dataKeysOf(deps).sealingKey(PLATFORM);
  if (sealVersion(String(known[NUMBER_SEALED])) === version) return null;
  return async () => {
    const phone = await numberOf(deps, ref, known);
    const filed = await filedUnder(deps, SEALED, phone, () => ref);
    // Its place stays: the key that it was hashed with is live as long as a row uses it.
    unit.update(ref, { [NUMBER_SEALED]: filed.fields.numberSealed ?? FieldValue.delete() });
  };
}

async function numberOf(deps: NarrowDeps, ref: DocumentReference, known: DocumentData): Promise<string> {
  const phone = await openContact(deps, null, ref, NUMBER_SEALED, known[NUMBER_SEALED] as string | null);
  if (phone === null) throw new PermanentFailure('contact_unreadable', 'Only a hash is left of this number.');
  return phone;
}

/** Where both rows are there, what one of them says against messages stands. */
async function move(
  unit: UnitOfWork,
  from: DocumentReference,
  to: DocumentReference,
  filed: DocumentData,
): Promise<void> {
  await unit.read(to);
  const [old, there] = [unit.snapshot(from), unit.snapshot(to)];
  const [said, said2] = [decode(optOutSchema, old), decode(optOutSchema, there)];
  const data = isStronger(said, said2) ? (old.data() ?? {}) : (there.data() ?? {});
  if (there.exists) {
    unit.update(to, { ...data, ...filed });
  } else {
    // A field can only be deleted from what exists.
    const fields = { ...data, ...filed };
    unit.create(
      to,
      Object.fromEntries(Object.entries(fields).filter(([, value]) => !(value instanceof FieldValue))),
    );
  }
  unit.delete(from);
}

function isStronger(one: OptOut | null, other: OptOut | null): boolean {
  if (other === null) return true;
  if (one?.status !== other.status) return one?.status === 'opted_out';
  return true;
}

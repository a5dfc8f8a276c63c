import { type DocumentData, type DocumentReference } from 'firebase-admin/firestore';
import type * as z from 'zod';
import { piiFieldsOf } from '../../domain/contact/pii';
import { isSealed, sealVersion } from '../../platform/sealedValue';
import { PLATFORM } from '../../store/dataKeysSchema';
import { type Deps } from '../deps';
import { recipientHashOf } from '../recipientHashOf';
import { clearFields, sealedFields } from './contactFields';
import { type ContactKind } from './contactKind';
import { dataKeysOf } from './dataKeysOf';
import { openContact } from './openContact';

/** Documents that hold addresses in marked fields, with the key of the freelancer whose they are. */
export function fieldsKind(name: string, schema: z.ZodObject): ContactKind {
  return {
    name,
    plan: async (deps, unit, ref, form) => {
      const data = unit.snapshot(ref).data() ?? {};
      const freelancerId: unknown = data['freelancerId'];
      const place = { ref, schema, owner: typeof freelancerId === 'string' ? freelancerId : null };
      const there = piiFieldsOf(schema)
        .map(({ field }) => field)
        .filter((field) => typeof data[field] === 'string' && data[field] !== '');
      const sealed = there.filter((field) => isSealed(data[field]));
      const isOld =
        form === 'renewed' && sealed.length > 0 ? await oldOf(deps, place.owner, data) : () => true;
      const wanted =
        form === 'clear' || form === 'renewed'
          ? sealed.filter(isOld)
          : there.filter((field) => !sealed.includes(field));
      if (wanted.length === 0) return null;
      return async () => {
        const clear = await opened(deps, place.owner, ref, data, wanted);
        unit.update(
          ref,
          form === 'clear'
            ? { ...clear, ...clearFields(place, clear, data) }
            : await sealedFields(deps, place, clear),
        );
      };
    },
  };
}

/** Whether a field is sealed or hashed with a key that is not the newest. */
async function oldOf(
  deps: Pick<Deps, 'db' | 'config'>,
  owner: string | null,
  data: DocumentData,
): Promise<(field: string) => boolean> {
  const { version } = await dataKeysOf(deps).sealingKey(owner ?? PLATFORM);
  const [newest = ''] = recipientHashOf(deps, 'email', '').split('_');
  return (field) =>
    sealVersion(String(data[field])) !== version || !String(data[`${field}Hash`]).startsWith(`${newest}_`);
}

async function opened(
  deps: Pick<Deps, 'db' | 'config'>,
  owner: string | null,
  ref: DocumentReference,
  data: DocumentData,
  fields: readonly string[],
): Promise<DocumentData> {
  const clear: DocumentData = {};
  for (const field of fields) clear[field] = await openContact(deps, owner, ref, field, String(data[field]));
  return clear;
}

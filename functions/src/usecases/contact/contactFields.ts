import { type DocumentData, type DocumentReference, FieldValue } from 'firebase-admin/firestore';
import type * as z from 'zod';
import { maskAddress } from '../../domain/contact/maskAddress';
import { piiFieldsOf } from '../../domain/contact/pii';
import { isSealed, seal } from '../../platform/sealedValue';
import { PLATFORM } from '../../store/dataKeysSchema';
import { type Deps } from '../deps';
import { recipientHashOf } from '../recipientHashOf';
import { contactSetting } from './contactSetting';
import { dataKeysOf } from './dataKeysOf';
import { aadOf } from './openContact';

/** A document with contact data, and whose key seals it. */
export interface ContactPlace {
  readonly ref: DocumentReference;
  readonly schema: z.ZodObject;
  /** A freelancer; null: nobody's. */
  readonly owner: string | null;
}

/**
 * Fields of a document, given with their addresses in the clear, in the form in which contact data is kept now. What is
 * sealed follows from the marks in the document's schema.
 *
 * @param before the document as it is, if it is changed and not created
 * @throws TransientFailure `contact_key_unavailable`
 */
export async function contactFields(
  deps: Pick<Deps, 'db' | 'config'>,
  place: ContactPlace,
  fields: DocumentData,
  before?: DocumentData,
): Promise<DocumentData> {
  const { writes } = await contactSetting(deps);
  return writes === 'sealed'
    ? { ...fields, ...(await sealedFields(deps, place, fields)) }
    : { ...fields, ...clearFields(place, fields, before) };
}

/** The addresses among these fields, sealed, each with its keyed hash and with what may be shown of it. */
export async function sealedFields(
  deps: Pick<Deps, 'db' | 'config'>,
  { ref, schema, owner }: ContactPlace,
  fields: DocumentData,
): Promise<DocumentData> {
  const sealed: DocumentData = {};
  for (const { field, kind } of piiFieldsOf(schema)) {
    const address: unknown = fields[field];
    if (!(field in fields) || isSealed(address)) continue;
    const isAddress = typeof address === 'string' && address !== '';
    const key = isAddress ? await dataKeysOf(deps).sealingKey(owner ?? PLATFORM) : null;
    sealed[field] = key === null || !isAddress ? null : seal(key, aadOf(ref, field), address);
    sealed[`${field}Hash`] = isAddress ? recipientHashOf(deps, kind, address) : null;
    sealed[`${field}Masked`] = isAddress ? maskAddress(kind, address) : null;
  }
  return sealed;
}

/** What stood beside the sealed form goes with it. */
export function clearFields(
  { schema }: Pick<ContactPlace, 'schema'>,
  fields: DocumentData,
  before: DocumentData = {},
): DocumentData {
  return Object.fromEntries(
    piiFieldsOf(schema)
      .filter(({ field }) => field in fields)
      .flatMap(({ field }) => [`${field}Hash`, `${field}Masked`])
      .filter((name) => name in before)
      .map((name) => [name, FieldValue.delete()]),
  );
}

import { type DocumentReference } from 'firebase-admin/firestore';
import { type ContactSetting } from '../../domain/contact/contactSetting';
import { TransientFailure } from '../../platform/errors';
import { seal } from '../../platform/sealedValue';
import { PLATFORM } from '../../store/dataKeysSchema';
import { type Deps } from '../deps';
import { recipientHashOf } from '../recipientHashOf';
import { dataKeysOf } from './dataKeysOf';
import { aadOf } from './openContact';

/** Where the number of a hash stands as long as sealing can be undone. */
export const NUMBER_SEALED = 'numberSealed';

/** What an opt-out, or its row in the audit, says of its number. */
export interface FiledUnder {
  readonly ref: DocumentReference;
  readonly fields: { readonly phoneNumber: string; readonly numberSealed?: string };
}

/**
 * What a new opt-out, or its audit row, says of its number: the number itself, or in its place the keyed hash. A hash can
 * not be turned back, so as long as sealing can be undone the number stands beside it, sealed with nobody's key. Where that
 * key can not be had the row is written in the clear, for a "no" waits for nothing; whoever seals the rest seals it then.
 *
 * @param place where the row is, by the number or its hash
 */
export async function filedUnder(
  deps: Pick<Deps, 'db' | 'config'>,
  { writes, reversible }: Pick<ContactSetting, 'writes' | 'reversible'>,
  phone: string,
  place: (id: string) => DocumentReference,
): Promise<FiledUnder> {
  const inTheClear = { ref: place(phone), fields: { phoneNumber: phone } };
  if (writes === 'clear') return inTheClear;
  const hash = recipientHashOf(deps, 'sms', phone);
  const ref = place(hash);
  if (!reversible) return { ref, fields: { phoneNumber: hash } };
  try {
    const key = await dataKeysOf(deps).sealingKey(PLATFORM);
    return {
      ref,
      fields: { phoneNumber: hash, [NUMBER_SEALED]: seal(key, aadOf(ref, NUMBER_SEALED), phone) },
    };
  } catch (error) {
    if (error instanceof TransientFailure) return inTheClear;
    throw error;
  }
}

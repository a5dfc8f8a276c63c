import { type DocumentReference } from 'firebase-admin/firestore';
import { PermanentFailure } from '../../platform/errors';
import { isSealed, SealBroken, sealVersion, unseal } from '../../platform/sealedValue';
import { PLATFORM } from '../../store/dataKeysSchema';
import { type Deps } from '../deps';
import { dataKeysOf } from './dataKeysOf';

/**
 * An address as it stands in a field of a document, in the clear, in whichever of the two forms it is kept; null where
 * there is none.
 *
 * @param owner the freelancer whose key seals it; null: nobody's
 * @throws PermanentFailure `contact_unreadable` when its key was deleted, or it was sealed for another place;
 *   TransientFailure `contact_key_unavailable` when keys can not be unwrapped now
 */
export async function openContact(
  deps: Pick<Deps, 'db' | 'config'>,
  owner: string | null,
  ref: DocumentReference,
  field: string,
  stored: string | null | undefined,
): Promise<string | null> {
  if (stored == null || stored === '') return null;
  const version = isSealed(stored) ? sealVersion(stored) : null;
  if (version === null) return stored;
  const key = await dataKeysOf(deps).keyOf(owner ?? PLATFORM, version);
  try {
    return unseal(key, aadOf(ref, field), stored);
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    throw new PermanentFailure('contact_unreadable', 'This contact data does not open where it stands.', {
      cause: error,
    });
  }
}

/** What is said of a sealed value: where it stands. */
export function aadOf({ path }: DocumentReference, field: string): string {
  return `${path}/${field}`;
}

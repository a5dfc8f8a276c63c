import { type DocumentReference } from 'firebase-admin/firestore';
import { PermanentFailure } from '../../platform/errors';
import { SealBroken, sealBytes, unsealBytes } from '../../platform/sealedValue';
import { PLATFORM } from '../../store/dataKeysSchema';
import { type PayloadSeal } from '../../store/webhookPayload';
import { type Deps } from '../deps';
import { contactSetting } from './contactSetting';
import { dataKeysOf } from './dataKeysOf';
import { aadOf } from './openContact';

/**
 * How the bytes of a failed event are kept: in providers' events addresses stand anywhere, so they are sealed as a whole,
 * with nobody's key, where contact data is sealed.
 *
 * @param failedRef the record of the failure
 */
export function payloadSeal(deps: Pick<Deps, 'db' | 'config'>, failedRef: DocumentReference): PayloadSeal {
  const aad = aadOf(failedRef, 'payload');
  const seal: PayloadSeal['seal'] = async (bytes) => {
    const { key, version } = await dataKeysOf(deps).sealingKey(PLATFORM);
    return { bytes: sealBytes(key, aad, bytes), keyVersion: version };
  };
  return {
    seal,
    newest: async () => (await dataKeysOf(deps).sealingKey(PLATFORM)).version,
    close: async (bytes) => {
      const { writes } = await contactSetting(deps);
      return writes === 'clear' ? { bytes, keyVersion: null } : seal(bytes);
    },
    open: async (bytes, keyVersion) => {
      const key = await dataKeysOf(deps).keyOf(PLATFORM, keyVersion);
      try {
        return unsealBytes(key, aad, bytes);
      } catch (error) {
        if (!(error instanceof SealBroken)) throw error;
        throw new PermanentFailure('contact_unreadable', 'The bytes of this event do not open.', {
          cause: error,
        });
      }
    },
  };
}

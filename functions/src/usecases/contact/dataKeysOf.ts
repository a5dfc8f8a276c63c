import { type Firestore } from 'firebase-admin/firestore';
import { realClock } from '../../platform/clock';
import { type KeyProvider } from '../../providers/keys/keyProvider';
import { keyProviderOf } from '../../providers/keys/keyProviderOf';
import { type Deps } from '../deps';
import { DataKeys } from './dataKeys';

const made = new WeakMap<Firestore, DataKeys>();

/** The instance's keys. Nothing is loaded or asked before something is sealed or opened. */
export function dataKeysOf({ db, config }: Pick<Deps, 'db' | 'config'>): DataKeys {
  const known = made.get(db);
  if (known !== undefined) return known;
  let provider: Promise<KeyProvider> | undefined;
  const provide = (): Promise<KeyProvider> =>
    (provider ??= keyProviderOf(config.contactKey).catch((error: unknown) => {
      provider = undefined;
      throw error;
    }));
  const keys = new DataKeys(db, provide, () => realClock.now().getTime());
  made.set(db, keys);
  return keys;
}

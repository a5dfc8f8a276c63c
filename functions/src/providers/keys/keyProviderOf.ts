import { isLocalStack } from '../../platform/runtime';
import { type KeyProvider } from './keyProvider';

/**
 * The provider that the setting CONTACT_KEY names. Its library is loaded here, so by the functions alone that open or seal
 * something, when they do.
 *
 * @throws Error when none is set up, or a file outside of the local stack
 */
export async function keyProviderOf(contactKey: string): Promise<KeyProvider> {
  if (contactKey.startsWith('projects/')) {
    const [{ KeyManagementServiceClient }, { kmsKeyProvider }] = await Promise.all([
      import('@google-cloud/kms'),
      import('./kmsKeyProvider.js'),
    ]);
    return kmsKeyProvider(new KeyManagementServiceClient(), contactKey);
  }
  if (contactKey.startsWith('file:') && isLocalStack()) {
    const { localKeyProvider } = await import('./localKeyProvider.js');
    return localKeyProvider(contactKey.slice('file:'.length));
  }
  throw new Error('CONTACT_KEY names no key, so contact data can be neither sealed nor opened');
}

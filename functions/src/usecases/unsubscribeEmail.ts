import { crashPoint } from '../platform/crashPoint';
import { retryConflicts } from '../store/retryConflicts';
import { UnitOfWork } from '../store/unitOfWork';
import { cancelMessagesTo } from './cancelMessagesTo';
import { type Deps } from './deps';
import { suppressEmail } from './suppressEmail';

/**
 * Takes the word of an address's owner that he wants no more e-mails, or objects to being contacted at all. Said twice,
 * it is the same.
 *
 * @param hash the address's keyed hash, from a link that was verified
 */
export async function unsubscribeEmail(
  deps: Deps,
  hash: string,
  said: { readonly objects?: boolean } = {},
): Promise<void> {
  await retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await suppressEmail(deps, unit, hash, 'unsubscribe', said);
    crashPoint('unsubscribe.before-commit');
    await unit.commit();
    crashPoint('unsubscribe.after-commit');
  });
  await cancelMessagesTo(deps, [hash], { reason: 'suppressed' });
}

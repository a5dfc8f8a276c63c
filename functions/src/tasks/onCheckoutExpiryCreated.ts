import { type FirestoreEvent, type QueryDocumentSnapshot } from 'firebase-functions/v2/firestore';
import { collections } from '../store/collections';
import { expireCheckout } from '../usecases/expireCheckout';
import { deps } from '../wire/deps';

/** Runs for each order to close a session, which the payment's own commit has written. Retried by the platform. */
export async function handleCheckoutExpiryCreated(
  event: FirestoreEvent<QueryDocumentSnapshot | undefined, { sessionId: string }>,
): Promise<void> {
  const built = await deps();
  await expireCheckout(built, collections.checkoutExpiry(built.db, event.params.sessionId));
}

import { type Caller } from '../../domain/caller';
import { ConflictError, ForbiddenError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { userSchema } from '../../store/userSchema';
import { type Deps } from '../deps';
import { billingPage } from './billingPage';

/**
 * A page of Stripe's, good for minutes, on which a freelancer changes his plan, his card, or ends his subscription.
 *
 * @throws ForbiddenError; ConflictError when he never subscribed
 */
export async function createPortalSession(deps: Deps, { uid }: Caller): Promise<{ readonly url: string }> {
  const user = decode(userSchema, await collections.user(deps.db, uid).get());
  if (user === null) throw new ForbiddenError('Only freelancers have a plan.');
  if (user.stripeCustomerId == null) throw new ConflictError('There is no subscription yet.');
  return { url: await deps.stripe.createPortalSession(user.stripeCustomerId, billingPage(deps)) };
}

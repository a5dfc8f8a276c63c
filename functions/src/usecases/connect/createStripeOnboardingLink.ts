import { connectedAccountFields } from '../../domain/account/connectedAccount';
import { type Caller } from '../../domain/caller';
import { crashPoint } from '../../platform/crashPoint';
import { ConflictError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { userSchema } from '../../store/userSchema';
import { openAccount } from '../account/openAccount';
import { type Deps } from '../deps';

export interface OnboardingAnswer {
  readonly accountId: string;
  /** Stripe's page; it opens once. */
  readonly url: string;
  /** ISO; some minutes from now. */
  readonly expiresAt: string;
}

/**
 * A link to the pages on which the caller tells Stripe who he is, for his one connected account, which is made the first
 * time.
 *
 * @throws ConflictError without a profile, or for an account that is being closed
 */
export async function createStripeOnboardingLink(deps: Deps, caller: Caller): Promise<OnboardingAnswer> {
  await openAccount(deps, caller);
  const accountId = await connectedAccountOf(deps, caller.uid);
  const link = await deps.connect.onboardingLink(accountId, `${deps.config.publicBaseUrl}/settings/payments`);
  return { accountId, url: link.url, expiresAt: link.expiresAt.toISOString() };
}

/**
 * The id of the user's connected account. Made under a key that follows from his id: a crash before the commit, or a
 * second call at the same moment, ends at the same account.
 */
async function connectedAccountOf(deps: Deps, uid: string): Promise<string> {
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    const ref = collections.user(deps.db, uid);
    await unit.read(ref);
    const user = decode(userSchema, unit.snapshot(ref));
    if (user === null) throw new ConflictError('Finish your profile first.');
    if (user.stripeAccountId != null) return user.stripeAccountId;
    const account = await deps.connect.createAccount(uid);
    crashPoint('onboarding.after-account');
    unit.update(ref, {
      ...connectedAccountFields(account, user.stripeAccountSeq ?? 0),
      updatedAt: deps.clock.now(),
    });
    crashPoint('onboarding.before-commit');
    await unit.commit();
    crashPoint('onboarding.after-commit');
    return account.accountId;
  });
}

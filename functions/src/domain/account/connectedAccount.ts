/** A freelancer's own account at Stripe, to which his debtors' money goes, as Stripe says it is. */
export interface ConnectedAccount {
  readonly accountId: string;
  /** The user for whom we made it; null for one that we did not make. */
  readonly freelancerId: string | null;
  /** Whether it takes payments. */
  readonly chargesEnabled: boolean;
  readonly payoutsEnabled: boolean;
  /** Whether its holder has told Stripe what Stripe asked at first. */
  readonly detailsSubmitted: boolean;
  /** Stripe waits for more from its holder. */
  readonly requirementsDue: boolean;
}

/**
 * The fields of `users/{uid}` that say what a connected account can do.
 *
 * Not `updatedAt`: what Stripe tells us of him is no sign that he was here.
 *
 * @param seq how often they were written before; counts on, so that no two states are the same document
 */
export function connectedAccountFields(account: ConnectedAccount, seq: number) {
  return {
    stripeAccountId: account.accountId,
    stripeChargesEnabled: account.chargesEnabled,
    stripePayoutsEnabled: account.payoutsEnabled,
    stripeDetailsSubmitted: account.detailsSubmitted,
    stripeRequirementsDue: account.requirementsDue,
    stripeAccountSeq: seq + 1,
  };
}

import * as z from 'zod';
import { type ConnectedAccount } from '../../domain/account/connectedAccount';
import { checkedAnswer } from './checkedAnswer';
import { type StripeClient } from './createStripeClient';
import { stripeCall } from './stripeCall';
import { metadataSchema, stripeIdSchema } from './stripeObjects';

const accountSchema = z.object({
  id: stripeIdSchema,
  charges_enabled: z.boolean().nullish(),
  payouts_enabled: z.boolean().nullish(),
  details_submitted: z.boolean().nullish(),
  requirements: z.object({ currently_due: z.array(z.string()).nullish() }).nullish(),
  metadata: metadataSchema,
});

const linkSchema = z.object({ url: z.url(), expires_at: z.number() });

/** Where a freelancer tells Stripe who he is. */
export interface OnboardingLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/** `kind` of the accounts that we make; others on the same platform are not ours. */
const KIND = 'account';

/**
 * Connected accounts at Stripe.
 *
 * @throws TransientFailure when Stripe can not be asked now; PermanentFailure when it says no
 */
export class ConnectGateway {
  constructor(private readonly client: () => Promise<StripeClient>) {}

  /**
   * Makes the account of a freelancer, or gets the one that the same idempotency key made before. All of it follows from
   * the user's id, so that a repeated request is the same request.
   */
  async createAccount(freelancerId: string): Promise<ConnectedAccount> {
    const account = await stripeCall(this.client, (stripe) =>
      stripe.accounts.create(
        {
          type: 'express',
          country: 'GB',
          capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
          metadata: { kind: KIND, freelancerId },
        },
        { idempotencyKey: `account_${freelancerId}`, maxNetworkRetries: 3 },
      ),
    );
    return asAccount(account);
  }

  /** The account as it is now. */
  async account(accountId: string): Promise<ConnectedAccount> {
    return asAccount(await stripeCall(this.client, (stripe) => stripe.accounts.retrieve(accountId)));
  }

  /** A link to Stripe's pages for this account; it opens once, within minutes. */
  async onboardingLink(accountId: string, returnUrl: string): Promise<OnboardingLink> {
    const answer = await stripeCall(this.client, (stripe) =>
      stripe.accountLinks.create({
        account: accountId,
        type: 'account_onboarding',
        refresh_url: `${returnUrl}?again=1`,
        return_url: returnUrl,
      }),
    );
    const { url, expires_at: expiresAt } = checkedAnswer(linkSchema, answer);
    return { url, expiresAt: new Date(expiresAt * 1000) };
  }
}

/** Whether the account that an event shows says that we made it. */
export function isMadeByUs(object: unknown): boolean {
  return accountSchema.safeParse(object).data?.metadata['kind'] === KIND;
}

function asAccount(answer: unknown): ConnectedAccount {
  const account = checkedAnswer(accountSchema, answer);
  return {
    accountId: account.id,
    freelancerId: account.metadata['kind'] === KIND ? (account.metadata['freelancerId'] ?? null) : null,
    chargesEnabled: account.charges_enabled === true,
    payoutsEnabled: account.payouts_enabled === true,
    detailsSubmitted: account.details_submitted === true,
    requirementsDue: (account.requirements?.currently_due ?? []).length > 0,
  };
}

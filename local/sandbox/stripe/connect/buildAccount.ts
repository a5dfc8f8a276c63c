import { type StripeObject } from '../stripeObject';

export interface AccountFacts {
  id: string;
  country: string;
  email: string | null;
  type: 'express' | 'standard';
  /** Seconds. */
  created: number;
  metadata: Record<string, string>;
  capabilities: string[];
}

/** What a person still has to tell Stripe of a new account. */
const FIRST_QUESTIONS = ['business_type', 'external_account', 'tos_acceptance.date', 'tos_acceptance.ip'];

/** A new connected account, which can do nothing yet, in Stripe's shape. */
export function buildAccount(facts: AccountFacts): StripeObject {
  return {
    id: facts.id,
    object: 'account',
    business_profile: null,
    business_type: null,
    capabilities: Object.fromEntries(facts.capabilities.map((name) => [name, 'inactive'])),
    charges_enabled: false,
    controller: { type: 'application', is_controller: true },
    country: facts.country,
    created: facts.created,
    default_currency: facts.country === 'GB' ? 'gbp' : 'eur',
    details_submitted: false,
    email: facts.email,
    external_accounts: {
      object: 'list',
      data: [],
      has_more: false,
      url: `/v1/accounts/${facts.id}/external_accounts`,
    },
    metadata: facts.metadata,
    payouts_enabled: false,
    requirements: {
      alternatives: [],
      current_deadline: null,
      currently_due: FIRST_QUESTIONS,
      disabled_reason: 'requirements.past_due',
      errors: [],
      eventually_due: FIRST_QUESTIONS,
      past_due: FIRST_QUESTIONS,
      pending_verification: [],
    },
    tos_acceptance: { date: null, ip: null, user_agent: null },
    type: facts.type,
  };
}

import * as z from 'zod';
import { closingSchema } from '../domain/account/closing';
import { planNames } from '../domain/gate/plans';

/** `users/{uid}`: the fields that the server reads. */
export const userSchema = z.object({
  email: z.string().nullish(),
  name: z.string().nullish(),
  businessName: z.string().nullish(),
  stripeAccountId: z.string().nullish(),
  /** Whether it takes payments, as Stripe said last; unknown where Stripe has said nothing. */
  stripeChargesEnabled: z.boolean().nullish(),
  /** How often Stripe's word about the connected account was written down. */
  stripeAccountSeq: z.int().nullish(),
  status: z.string().nullish(),
  closing: closingSchema.nullish(),
  timezone: z.string().nullish(),
  subscriptionTier: z.enum(planNames).catch('free'),
  /** Stripe's word for the subscription that counts. */
  subscriptionStatus: z.string().nullish(),
  /** Since when its payment is outstanding; which plan counts follows from it (`domain/billing/currentPlan.ts`). */
  subscriptionPastDueSince: z.date().nullish(),
  stripeCustomerId: z.string().nullish(),
  stripeSubscriptionId: z.string().nullish(),
  /** Customers that he had at Stripe before this one. */
  stripeCustomersBefore: z.int().nullish(),
  collectionsEnabled: z.boolean().nullish(),
  collectionsConsent: z
    .object({ smsOptedOut: z.boolean().nullish(), emailOptedOut: z.boolean().nullish() })
    .nullish(),
  /** Asks for statutory interest and compensation, instead of only naming them. */
  chargesStatutory: z.boolean().nullish(),
  marketingConsent: z.boolean().nullish(),
});

export type User = z.infer<typeof userSchema>;

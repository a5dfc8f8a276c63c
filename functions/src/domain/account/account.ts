import * as z from 'zod';
import { closingSchema } from './closing';

/** `users/{uid}`: the fields that decide who it is and whether the account goes on. */
export const accountSchema = z.object({
  name: z.string().nullish(),
  email: z.string().nullish(),
  status: z.string().nullish(),
  closing: closingSchema.nullish(),
  /** What Clerk said last. Numbers: milliseconds since 1970, by Clerk's clock. */
  clerk: z
    .object({
      /** The user's own `updated_at`: an older state never replaces a newer one. */
      updatedAt: z.number(),
      /** When the latest of its events was made. */
      saidAt: z.number(),
      name: z.string().nullable(),
    })
    .nullish(),
});

export type Account = z.infer<typeof accountSchema>;

/**
 * What a new account starts with, as far as its record does not say it already: its owner's first save of his profile, or
 * an operator, may have come before. Whoever wants reminders to go out has to say so first.
 */
export function newAccount(
  now: Date,
  record: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const fields = {
    role: 'user',
    status: 'active',
    subscriptionTier: 'free',
    collectionsEnabled: false,
    timezone: 'Europe/London',
    createdAt: now,
  };
  return Object.fromEntries(Object.entries(fields).filter(([name]) => record[name] === undefined));
}

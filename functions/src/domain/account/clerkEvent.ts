import * as z from 'zod';
import { isDocumentId } from '../documentId';

const userId = z.string().refine(isDocumentId);
const milliseconds = z.int().nonnegative();

const addressSchema = z.object({
  id: z.string(),
  email_address: z.string(),
  verification: z.object({ status: z.string().nullish() }).nullish(),
});

/** A user as Clerk has it: the fields that we read. */
const userSchema = z.object({
  id: userId,
  updated_at: milliseconds,
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  primary_email_address_id: z.string().nullish(),
  email_addresses: z.array(addressSchema).nullish(),
});

/** An event of Clerk about one of our users. */
export const clerkEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['user.created', 'user.updated']),
    timestamp: milliseconds.nullish(),
    data: userSchema,
  }),
  z.object({
    type: z.literal('user.deleted'),
    timestamp: milliseconds.nullish(),
    data: z.object({ id: userId }),
  }),
]);

export type ClerkEvent = z.infer<typeof clerkEventSchema>;
export type ClerkUser = z.infer<typeof userSchema>;

/** Types that change anything here; all others are ignored. */
export const clerkEventTypes: readonly string[] = ['user.created', 'user.updated', 'user.deleted'];

/**
 * Trimmed and in lower case; null without a primary address, or while Clerk says that it is not verified: notices about
 * money go there.
 */
export function primaryEmail(user: ClerkUser): string | null {
  const primary = user.email_addresses?.find(({ id }) => id === user.primary_email_address_id);
  if (primary === undefined) return null;
  const status = primary.verification?.status;
  const address = primary.email_address.trim().toLowerCase();
  return (status == null || status === 'verified') && address !== '' ? address : null;
}

/** First and last name, at most the 200 characters that a profile takes; null without either. */
export function fullName({ first_name: first, last_name: last }: ClerkUser): string | null {
  const name = [first, last]
    .map((part) => part?.trim() ?? '')
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 200);
  return name === '' ? null : name;
}

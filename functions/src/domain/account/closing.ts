import * as z from 'zod';

/** How long an account that is to be closed can still be kept, milliseconds: 72 hours. */
export const CLOSING_GRACE_MS = 72 * 60 * 60 * 1000;

/** `users/{uid}.closing`: that the account is to be closed, or is. */
export const closingSchema = z.object({
  /** Who asked for it: the freelancer with us, or Clerk, where the user was deleted. */
  by: z.enum(['user', 'clerk']),
  requestedAt: z.date(),
  /** When the closing begins; null once it is over, so that the job finds it no more. */
  closesAt: z.date().nullable(),
  /** When it was asked for by the asker's own clock, milliseconds since 1970; an event from before it does not stop it. */
  saidAt: z.number(),
  /** The account's status before, which it gets back when it is kept. */
  statusBefore: z.string().nullable(),
  /** When the job began to close it; from then on it can not be kept. */
  startedAt: z.date().nullish(),
  /** The last invoice that was looked after; a run that was cut short goes on behind it. */
  invoicesDone: z.string().nullish(),
  /** Everything is closed; the debtors are being told. */
  tellingSince: z.date().nullish(),
  closedAt: z.date().nullish(),
  /** When what need not be kept of a closed account is to be erased; null once it is. */
  erasesAt: z.date().nullish(),
  /** The last row that was erased; a run that was cut short goes on behind it. */
  erasedTo: z.string().nullish(),
  erasedAt: z.date().nullish(),
  /** Until when the records that were left are kept. */
  recordsUntil: z.date().nullish(),
});

export type Closing = z.infer<typeof closingSchema>;

/** `closing`: within its days of grace. `closed`: being closed, or closed for good. `inactive`: suspended by an operator. */
export type Standing = 'active' | 'closing' | 'closed' | 'inactive';

/** What an account may still do. */
export function standingOf(user: {
  readonly status?: string | null | undefined;
  readonly closing?: Closing | null | undefined;
}): Standing {
  if (user.status === 'closed' || user.closing?.startedAt != null) return 'closed';
  if (user.status === 'closing') return 'closing';
  return user.status == null || user.status === 'active' ? 'active' : 'inactive';
}

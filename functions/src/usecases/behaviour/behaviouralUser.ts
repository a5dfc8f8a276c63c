import * as z from 'zod';
import { userSchema } from '../../store/userSchema';

/** `users/{uid}`: the fields that decide about behavioural e-mails. */
export const behaviouralUserSchema = userSchema.extend({
  createdAt: z.date().nullish().catch(null),
  updatedAt: z.date().nullish().catch(null),
  /** When he last used the web client, where that is known. */
  lastActiveAt: z.date().nullish().catch(null),
  notifications: z
    .object({ onVacation: z.boolean().nullish(), emailNotifications: z.boolean().nullish() })
    .nullish()
    .catch(null),
});

export type BehaviouralUser = z.infer<typeof behaviouralUserSchema>;

/** Whether he wants such e-mails at all, now. The send gate asks again for the first three. */
export function isReachable(user: BehaviouralUser): user is BehaviouralUser & { email: string } {
  return (
    user.marketingConsent === true &&
    (user.status == null || user.status === 'active') &&
    user.email != null &&
    user.email !== '' &&
    user.notifications?.onVacation !== true &&
    user.notifications?.emailNotifications !== false
  );
}

import { z } from 'zod';

/** `users/{uid}`: the fields that the server reads. */
export const userSchema = z.object({
  email: z.string().nullish(),
  name: z.string().nullish(),
  businessName: z.string().nullish(),
  stripeAccountId: z.string().nullish(),
});

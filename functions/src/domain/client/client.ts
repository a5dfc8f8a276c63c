import { z } from 'zod';

export const debtorKinds = ['business', 'sole_trader', 'individual'] as const;

/** `clients/{id}`: the fields that the server reads. */
export const clientSchema = z.object({
  freelancerId: z.string(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  phone: z.string().nullish(),
});

export type Client = z.infer<typeof clientSchema>;

import { z } from 'zod';

/** A whole number in a form field. */
export const integer = z
  .string()
  .regex(/^-?\d{1,12}$/, { error: 'parameter_invalid_integer' })
  .transform(Number);

/** A whole number that is not negative. */
export const amount = z
  .string()
  .regex(/^\d{1,12}$/, { error: 'parameter_invalid_integer' })
  .transform(Number);

/** Stripe's limits: 50 keys of 40 characters with values of 500. An empty string instead clears it. */
export const metadata = z.union([
  z
    .record(z.string().max(40), z.string().max(500))
    .refine((fields) => Object.keys(fields).length <= 50, { error: 'metadata can have up to 50 keys' }),
  z.literal('').transform((): Record<string, string> => ({})),
]);

export const expandPaths = z.array(z.string()).default([]);

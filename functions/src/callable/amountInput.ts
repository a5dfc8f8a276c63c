import * as z from 'zod';

/** Money that somebody says was paid, minor units: up to a million in the major unit, as an invoice. */
export const amountInput = z.int().min(1).max(100_000_000);

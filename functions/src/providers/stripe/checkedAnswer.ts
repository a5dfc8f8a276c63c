import type * as z from 'zod';
import { PermanentFailure } from '../../platform/errors';

/** What Stripe answered, as far as we use it. @throws PermanentFailure `stripe_answer_unusable` */
export function checkedAnswer<S extends z.ZodType>(schema: S, answer: unknown): z.infer<S> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new PermanentFailure('stripe_answer_unusable', 'Stripe answered in a form that we do not know.', {
    cause: parsed.error,
  });
}

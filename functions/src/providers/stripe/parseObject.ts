import type * as z from 'zod';
import { PermanentFailure } from '../../platform/errors';

/** The object of an event, as far as we use it. @throws PermanentFailure `unusable_event` */
export function parseObject<S extends z.ZodType>(schema: S, object: unknown): z.infer<S> {
  const parsed = schema.safeParse(object);
  if (parsed.success) return parsed.data;
  throw new PermanentFailure('unusable_event', 'The object of this event lacks what we need of it.', {
    cause: parsed.error,
  });
}

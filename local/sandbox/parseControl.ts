import type { z } from 'zod';
import { ControlError } from './controlError';

/**
 * Checks the JSON body of a control call.
 * @throws ControlError (400) with a sentence that names each wrong field.
 */
export function parseControl<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const field = issue.path.join('.');
    return field === '' ? issue.message : `${field}: ${issue.message}`;
  });
  throw new ControlError(`Not understood: ${faults.join('; ')}.`);
}

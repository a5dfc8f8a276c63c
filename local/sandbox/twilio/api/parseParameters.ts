import type { z } from 'zod';
import { TwilioApiError } from '../twilioApiError';

/**
 * Checks the parameters of a request.
 * @throws TwilioApiError with the code that the schema names, 20001 for an unknown parameter.
 */
export function parseParameters<T>(schema: z.ZodType<T>, parameters: Record<string, unknown>): T {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const unknown = parsed.error.issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown !== undefined) throw new TwilioApiError(20001, unknown.keys.join(', '));
  const [issue] = parsed.error.issues;
  const code = /^\d{5}$/.test(issue?.message ?? '') ? Number(issue?.message) : 20001;
  throw new TwilioApiError(code, detail(code, String(issue?.path[0] ?? ''), parameters));
}

/** Twilio shows of a number only its beginning. */
function detail(code: number, name: string, parameters: Record<string, unknown>): string {
  if (code === 20001) return `${name} has a value that is not allowed`;
  const value = parameters[name];
  if (code !== 21211 && code !== 21212) return '';
  return typeof value === 'string' ? value.replace(/.{1,4}$/, 'XXXX') : '';
}

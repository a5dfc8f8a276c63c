import type { z } from 'zod';
import { StripeApiError } from './stripeApiError';

/** Schemas name a fault by Stripe's own code as the zod message; these are Stripe's sentences for them. */
const SENTENCES: Record<string, (param: string) => string> = {
  parameter_invalid_integer: (param) => `Invalid integer: ${param}`,
  parameter_invalid_empty: (param) => `You passed an empty string for '${param}'.`,
  email_invalid: () => 'Invalid email address.',
  url_invalid: () => 'Not a valid URL',
};

/**
 * Checks the parameters of a request.
 * @throws StripeApiError 400 parameter_unknown, parameter_missing or the code that the schema names.
 */
export function parseParameters<T>(schema: z.ZodType<T>, parameters: unknown): T {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const unknown = parsed.error.issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown !== undefined) {
    const param = nameOf([...unknown.path, unknown.keys[0] ?? '']);
    throw new StripeApiError(400, {
      code: 'parameter_unknown',
      message: `Received unknown parameter: ${param}`,
      param,
    });
  }
  const [issue] = parsed.error.issues;
  const param = nameOf(issue?.path ?? []);
  if (valueAt(parameters, issue?.path ?? []) === undefined) {
    const message = `Missing required param: ${param}.`;
    throw new StripeApiError(400, { code: 'parameter_missing', message, param });
  }
  const code = issue?.message ?? '';
  const sentence = SENTENCES[code];
  if (sentence === undefined) throw new StripeApiError(400, { message: `Invalid ${param}: ${code}`, param });
  throw new StripeApiError(400, { code, message: sentence(param), param });
}

/** `['line_items', 0, 'quantity']` → `line_items[0][quantity]`. */
function nameOf([head = '', ...rest]: PropertyKey[]): string {
  return `${String(head)}${rest.map((part) => `[${String(part)}]`).join('')}`;
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((node, part) => {
    return typeof node === 'object' && node !== null ? Reflect.get(node, part) : undefined;
  }, value);
}

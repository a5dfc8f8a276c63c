import { z } from 'zod';

const answerSchema = z.object({
  result: z.unknown().optional(),
  error: z.object({ status: z.string(), message: z.string(), details: z.unknown().optional() }).optional(),
});

export interface CallAnswer {
  readonly result: Record<string, unknown>;
  /** The client library's error code in capitals, such as PERMISSION_DENIED; null when the call succeeded. */
  readonly error: string | null;
  readonly message: string;
  /** What the error carries besides. */
  readonly details: unknown;
}

/** Calls a callable function over HTTP in the web client's own protocol. */
export async function callFunction(url: string, data: unknown, idToken?: string): Promise<CallAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(idToken === undefined ? {} : { authorization: `Bearer ${idToken}` }),
    },
    body: JSON.stringify({ data }),
  });
  const { result, error } = answerSchema.parse(await response.json());
  return {
    result: z.record(z.string(), z.unknown()).catch({}).parse(result),
    error: error?.status ?? null,
    message: error?.message ?? '',
    details: error?.details,
  };
}

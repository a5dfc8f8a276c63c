import { z } from 'zod';
import { PROJECT, REGION } from '../stack/firebaseCli';

const answer = z.union([
  z.object({ result: z.unknown() }),
  z.object({ error: z.object({ message: z.string(), status: z.string() }) }),
]);

/**
 * Calls a callable function as the web client does.
 * @param idToken of the signed-in user
 * @throws Error with the function's own code and message.
 */
export async function callFunction<T>(
  functionsOrigin: string,
  name: string,
  idToken: string,
  data: unknown,
  result: z.ZodType<T>,
): Promise<T> {
  const response = await fetch(`${functionsOrigin}/${PROJECT}/${REGION}/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${idToken}` },
    body: JSON.stringify({ data }),
  });
  const text = await response.text();
  const parsed = answer.safeParse(parseJson(text));
  if (!parsed.success) throw new Error(`${name} answered ${response.status}: ${text.slice(0, 300)}`);
  if ('error' in parsed.data)
    throw new Error(`${name}: ${parsed.data.error.status}, ${parsed.data.error.message}`);
  return result.parse(parsed.data.result);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

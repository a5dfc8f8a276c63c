import { z } from 'zod';
import { StartError } from '../stack/startError';
import { findUser } from './findUser';
import { type OpsTarget } from './opsTarget';

const signedIn = z.object({ idToken: z.string() });
const answerSchema = z.object({
  result: z.unknown().optional(),
  error: z.object({ status: z.string(), message: z.string() }).optional(),
});

/** Who calls, and with what the real Firebase lets him sign in. */
export interface Operator {
  email: string;
  /** The project's web API key; the local stack takes any. */
  apiKey: string;
}

/**
 * Makes an admin's call as this person: the same rights, the same re-check and the same row in the audit log as from
 * the operators' page.
 * @throws StartError with the function's own words when it refuses.
 */
export async function callAsAdmin(
  target: OpsTarget,
  operator: Operator,
  name: string,
  data: object,
): Promise<unknown> {
  const { uid } = await findUser(target, operator.email);
  const token = await target.auth.createCustomToken(uid);
  const url = `${target.authOrigin}/v1/accounts:signInWithCustomToken?key=${operator.apiKey}`;
  const { idToken } = signedIn.parse(await post(url, { token, returnSecureToken: true }));
  const answer = answerSchema.parse(await post(target.functionUrl(name), { data }, idToken));
  if (answer.error !== undefined) throw new StartError(`${answer.error.status}: ${answer.error.message}`);
  return answer.result;
}

async function post(url: string, body: object, idToken?: string): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(idToken === undefined ? {} : { authorization: `Bearer ${idToken}` }),
    },
    body: JSON.stringify(body),
  });
  const json: unknown = await response.json().catch(() => undefined);
  if (json === undefined)
    throw new StartError(`${new URL(url).origin} answered with HTTP ${response.status}.`);
  return json;
}

import { z } from 'zod';

const answerSchema = z.object({ localId: z.string(), idToken: z.string() });

export interface SignedIn {
  readonly uid: string;
  readonly idToken: string;
}

/** A new user of the Auth emulator, signed in as the web client would be. */
export async function signIn(
  authHost: string,
  email: string,
  { verified }: { readonly verified: boolean },
): Promise<SignedIn> {
  const credentials = { email, password: 'only-for-tests', returnSecureToken: true };
  const created = await accounts(authHost, 'signUp', credentials);
  if (!verified) return { uid: created.localId, idToken: created.idToken };
  await call(authHost, 'update', { localId: created.localId, emailVerified: true });
  const { localId, idToken } = await accounts(authHost, 'signInWithPassword', credentials);
  return { uid: localId, idToken };
}

/** The same user once more, with the claims that he has by now. */
export async function signInAgain(authHost: string, email: string): Promise<SignedIn> {
  const credentials = { email, password: 'only-for-tests', returnSecureToken: true };
  const { localId, idToken } = await accounts(authHost, 'signInWithPassword', credentials);
  return { uid: localId, idToken };
}

/** Whoever this token of ours names. */
export async function signInWithCustomToken(authHost: string, token: string): Promise<SignedIn> {
  const { idToken } = z
    .object({ idToken: z.string() })
    .parse(await call(authHost, 'signInWithCustomToken', { token, returnSecureToken: true }));
  const [, payload = ''] = idToken.split('.');
  const { user_id: uid } = z
    .object({ user_id: z.string() })
    .parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  return { uid, idToken };
}

async function accounts(
  authHost: string,
  action: string,
  body: object,
): Promise<z.infer<typeof answerSchema>> {
  return answerSchema.parse(await call(authHost, action, body));
}

async function call(authHost: string, action: string, body: object): Promise<unknown> {
  const url = `http://${authHost}/identitytoolkit.googleapis.com/v1/accounts:${action}?key=local`;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(action === 'update' ? { authorization: 'Bearer owner' } : {}),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the Auth emulator answered ${response.status} to ${action}`);
  return response.json();
}

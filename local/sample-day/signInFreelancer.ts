import { getAuth } from 'firebase-admin/auth';
import { z } from 'zod';
import { FREELANCER } from './sampleData';

const signedIn = z.object({ idToken: z.string() });

/** Makes the sample freelancer known to the Auth emulator and signs in as the web client does. Gives the ID token. */
export async function signInFreelancer(authHost: string): Promise<string> {
  const { uid, email, password, name } = FREELANCER;
  await getAuth().createUser({ uid, email, password, displayName: name, emailVerified: true });
  const url = `http://${authHost}/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=local`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password, returnSecureToken: true }),
  });
  if (!response.ok)
    throw new Error(`the Auth emulator answered ${response.status}: ${await response.text()}`);
  return signedIn.parse(await response.json()).idToken;
}

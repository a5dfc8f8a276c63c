import { type UserRecord } from 'firebase-admin/auth';
import { StartError } from '../stack/startError';
import { type OpsTarget } from './opsTarget';

/**
 * The sign-in of the person with this address. Anybody can register an address, so only a verified one counts. Where
 * Clerk announces users, Firebase Auth knows no addresses: then the user's record leads to it, in which the server writes
 * verified addresses alone. On the local stack, which is nobody's, everybody who registers an address counts.
 *
 * @param orUnverified takes who has registered the address without showing that it is his, if there is nobody else: what
 *   he was given can be taken from him again
 * @throws StartError when there is none, or more than one.
 */
export async function findUser(
  { auth, db, isReal }: Pick<OpsTarget, 'auth' | 'db' | 'isReal'>,
  email: string,
  { orUnverified = false } = {},
): Promise<UserRecord> {
  const address = email.trim().toLowerCase();
  const known = await unlessMissing(auth.getUserByEmail(address));
  if (known?.emailVerified === true) return known;
  const { docs } = await db.collection('users').where('email', '==', address).limit(2).get();
  const [record, another] = docs;
  if (another !== undefined) throw new StartError(`More than one user has the address ${address}.`);
  const found = record === undefined ? undefined : await unlessMissing(auth.getUser(record.id));
  if (found !== undefined) return found;
  if (known === undefined)
    throw new StartError(`Nobody has signed in with ${address} yet: that has to come first.`);
  if (orUnverified || !isReal) return known;
  throw new StartError(
    `${known.uid} has registered ${address} and not shown that it is his. If he is the right one, he opens the link in the e-mail by which Firebase Auth verifies it; then say this again. If not, delete him there.`,
  );
}

async function unlessMissing(asked: Promise<UserRecord>): Promise<UserRecord | undefined> {
  try {
    return await asked;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'auth/user-not-found' || code === 'auth/invalid-email') return undefined;
    throw error;
  }
}

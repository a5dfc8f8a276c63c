import { type UserRecord } from 'firebase-admin/auth';
import { StartError } from '../stack/startError';
import { type OpsTarget } from './opsTarget';

/**
 * The sign-in of the person with this address. Where Clerk announces users, Firebase Auth knows no addresses: then the
 * user's record leads to it.
 * @throws StartError when there is none, or more than one.
 */
export async function findUser({ auth, db }: OpsTarget, email: string): Promise<UserRecord> {
  const address = email.trim().toLowerCase();
  const known = await unlessMissing(auth.getUserByEmail(address));
  if (known !== undefined) return known;
  const { docs } = await db.collection('users').where('email', '==', address).limit(2).get();
  const [record, another] = docs;
  if (another !== undefined) throw new StartError(`More than one user has the address ${address}.`);
  const found = record === undefined ? undefined : await unlessMissing(auth.getUser(record.id));
  if (found !== undefined) return found;
  throw new StartError(`Nobody has signed in with ${address} yet: that has to come first.`);
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

import { FieldValue } from 'firebase-admin/firestore';
import { confirm } from './confirm';
import { findUser } from './findUser';
import { type OpsTarget } from './opsTarget';

export interface AdminChange {
  uid: string;
  role: 'admin' | 'user';
  /** Whether open sign-ins were ended. */
  signedOut: boolean;
}

/**
 * Makes somebody an admin, or ends it. Rules look at the token's claim, calls at the claim and the record: the record and its
 * row in the audit log come first, in one commit, so that whoever stops half-way has given nothing and taken the calls.
 * Repeated, it ends at the same.
 */
export async function setAdmin(target: OpsTarget, email: string, isAdmin: boolean): Promise<AdminChange> {
  const { auth, db } = target;
  const { uid, customClaims = {} } = await findUser(target, email, { orUnverified: !isAdmin });
  const action = isAdmin ? 'grantAdmin' : 'revokeAdmin';
  await confirm(target, isAdmin ? `make ${email} an admin` : `end that ${email} is an admin`);
  const role = isAdmin ? 'admin' : 'user';
  await db
    .batch()
    .set(db.doc(`users/${uid}`), { role, updatedAt: FieldValue.serverTimestamp() }, { merge: true })
    .create(db.collection('audit_log').doc(), {
      actorId: null,
      action,
      target: uid,
      reason: null,
      allowed: true,
      via: 'ops',
      createdAt: FieldValue.serverTimestamp(),
    })
    .commit();
  // The other claims stay as they are.
  const others = Object.entries<unknown>(customClaims).filter(([name]) => name !== 'admin');
  const claims: Record<string, unknown> = Object.fromEntries(others);
  await auth.setCustomUserClaims(uid, isAdmin ? { ...claims, admin: true } : claims);
  // A token lives for an hour at the most: without new ones it is over then, for the rules too.
  if (!isAdmin) await auth.revokeRefreshTokens(uid);
  return { uid, role, signedOut: !isAdmin };
}

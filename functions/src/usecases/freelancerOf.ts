import { type Firestore } from 'firebase-admin/firestore';
import { standingOf } from '../domain/account/closing';
import { type Freelancer } from '../domain/payment/decidePayment';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { type UnitOfWork } from '../store/unitOfWork';
import { userSchema } from '../store/userSchema';

/** The freelancer's record, as this unit of work read it; null when there is none. */
export async function freelancerOf(db: Firestore, unit: UnitOfWork, uid: string): Promise<Freelancer | null> {
  const [snapshot] = await unit.read(collections.user(db, uid));
  const user = decode(userSchema, snapshot);
  if (user === null) return null;
  return {
    id: uid,
    email: user.email ?? null,
    businessName: user.businessName ?? user.name ?? null,
    stripeAccountId: user.stripeAccountId ?? null,
    canCharge: user.stripeAccountId == null || user.stripeChargesEnabled !== false,
    closed: standingOf(user) === 'closed',
  };
}

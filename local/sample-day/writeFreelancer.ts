import { Timestamp, type Firestore } from 'firebase-admin/firestore';
import { FREELANCER } from './sampleData';

/** Writes the freelancer's profile, without a plan yet. */
export async function writeFreelancer(db: Firestore): Promise<void> {
  const { uid, email, name, businessName, stripeAccountId } = FREELANCER;
  const now = Timestamp.now();
  await db.doc(`users/${uid}`).set({
    email,
    name,
    businessName,
    stripeAccountId,
    timezone: 'Europe/London',
    subscriptionTier: 'free',
    collectionsEnabled: true,
    createdAt: now,
    updatedAt: now,
  });
}

import { Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { type OpsTarget } from './opsTarget';

const leaseSchema = z.object({
  owner: z.string().nullable(),
  token: z.number(),
  expiresAt: z.instanceof(Timestamp),
});

export interface ListedLease {
  jobName: string;
  /** Whether somebody holds it, by Firestore's clock. */
  held: boolean;
  token: number;
  /** ISO. */
  expiresAt: string;
}

/** Every job's lease. */
export async function listLeases({ db }: OpsTarget): Promise<ListedLease[]> {
  const { docs, readTime } = await db.collection('cron_leases').get();
  return docs.map((doc) => {
    const { owner, token, expiresAt } = leaseSchema.parse(doc.data());
    return {
      jobName: doc.id,
      held: owner !== null && expiresAt.toMillis() > readTime.toMillis(),
      token,
      expiresAt: expiresAt.toDate().toISOString(),
    };
  });
}

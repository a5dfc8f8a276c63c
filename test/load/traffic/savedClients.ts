import { type Firestore } from 'firebase-admin/firestore';
import { unsignedToken } from '../../support/unsignedToken';
import { type Traffic } from './traffic';

/** Freelancers whose web client saves a client, over the callable's own protocol. */
export function savedClients(db: Firestore, projectId: string, count: number): Traffic {
  const uids = Array.from({ length: count }, (_, n) => `load_user_${n}`);
  return {
    name: 'saveClient',
    target: 'saveClient',
    isWebhook: false,
    requests: uids.map((uid) => ({
      path: '/',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${unsignedToken(projectId, uid)}`,
      },
      body: JSON.stringify({
        data: {
          clientId: `client_of_${uid}`,
          name: 'A Debtor',
          email: `debtor-of-${uid}@client.example`,
          debtorKind: 'business',
        },
      }),
    })),
    faults: async () => {
      const rows = await db.getAll(...uids.map((uid) => db.doc(`clients/client_of_${uid}`)));
      const wrong = rows.filter((row, n) => row.get('freelancerId') !== uids[n]).length;
      return wrong === 0 ? [] : [`${wrong} of ${count} saved clients are not there`];
    },
  };
}

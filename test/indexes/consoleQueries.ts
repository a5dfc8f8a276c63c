import { type Firestore, type Query } from 'firebase/firestore';
import { queries } from '../../console/src/store/queries';

/** Every query of the operators' console; one that is not here does not compile. Values make no difference to indexes. */
export function consoleQueries(db: Firestore): Record<keyof typeof queries, Query> {
  const now = new Date(0);
  return {
    failedWebhooks: queries.failedWebhooks(db, ['dead_letter', 'retrying'], 5),
    webhooksIn: queries.webhooksIn(db, 'dead_letter'),
    lateWebhook: queries.lateWebhook(db, now),
    messages: queries.messages(db, 'pending', 5),
    messagesIn: queries.messagesIn(db, 'pending'),
    unsettledMessages: queries.unsettledMessages(db, now),
    lateMessage: queries.lateMessage(db, now),
    runs: queries.runs(db, 'maintain-queues', 5),
    leases: queries.leases(db),
  };
}

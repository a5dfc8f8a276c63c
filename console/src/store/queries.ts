import {
  collection,
  type Firestore,
  limit,
  orderBy,
  query,
  type Query,
  Timestamp,
  where,
} from 'firebase/firestore';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Statuses of a failed event that somebody, or the next retry, still has to do something about. */
export const OPEN_FAILURES = ['pending_retry', 'retrying', 'dead_letter'];

type Built = Query;

/** Every query of the console; the security rules let an admin read what they ask for. */
export const queries = {
  /** Failed events in these statuses, the oldest first. */
  failedWebhooks: (db: Firestore, statuses: readonly string[], most: number): Built =>
    query(
      collection(db, 'failed_webhooks'),
      where('status', 'in', statuses),
      orderBy('createdAt'),
      limit(most),
    ),
  /** Failed events in one status, to be counted. */
  webhooksIn: (db: Firestore, status: string): Built =>
    query(collection(db, 'failed_webhooks'), where('status', '==', status)),
  /** The event whose retry is overdue for the longest time. */
  lateWebhook: (db: Firestore, now: Date): Built =>
    query(
      collection(db, 'failed_webhooks'),
      where('status', 'in', ['pending_retry', 'retrying']),
      where('nextRetryAt', '<=', Timestamp.fromDate(now)),
      orderBy('nextRetryAt'),
      limit(1),
    ),
  /** Messages in one status, the oldest first. */
  messages: (db: Firestore, status: string, most: number): Built =>
    query(collection(db, 'outbox'), where('status', '==', status), orderBy('createdAt'), limit(most)),
  /** Messages in one status, to be counted. */
  messagesIn: (db: Firestore, status: string): Built =>
    query(collection(db, 'outbox'), where('status', '==', status)),
  /** Messages of which it is not known whether they were sent, and that are not final. */
  unsettledMessages: (db: Firestore, now: Date): Built =>
    query(
      collection(db, 'outbox'),
      where('status', '==', 'unknown'),
      where('dueAt', '<=', Timestamp.fromMillis(now.getTime() + DAY_MS)),
    ),
  /** The message that waits for the dispatcher for the longest time. */
  lateMessage: (db: Firestore, now: Date): Built =>
    query(
      collection(db, 'outbox'),
      where('status', '==', 'pending'),
      where('dueAt', '<=', Timestamp.fromDate(now)),
      orderBy('dueAt'),
      limit(1),
    ),
  /** A job's latest runs, the newest first. */
  runs: (db: Firestore, jobName: string, most: number): Built =>
    query(
      collection(db, 'cron_runs'),
      where('jobName', '==', jobName),
      orderBy('startedAt', 'desc'),
      limit(most),
    ),
  /** Every job's lease. */
  leases: (db: Firestore): Built => query(collection(db, 'cron_leases')),
};

import { type DocumentReference, type Firestore } from 'firebase-admin/firestore';

/** Every document that the server touches, by name: paths are written here and nowhere else. */
export const collections = {
  user: (db: Firestore, uid: string) => db.collection('users').doc(uid),
  client: (db: Firestore, id: string) => db.collection('clients').doc(id),
  invoice: (db: Firestore, id: string) => db.collection('invoices').doc(id),
  transaction: (db: Firestore, id: string) => db.collection('transactions').doc(id),
  transactionsOfInvoice: (db: Firestore, invoiceId: string) =>
    db.collection('transactions').where('invoiceId', '==', invoiceId),
  escalationState: (db: Firestore, invoiceId: string) => db.collection('escalation_states').doc(invoiceId),
  timeline: (db: Firestore, id: string) => db.collection('escalation_timeline').doc(id),
  notification: (db: Firestore, id: string) => db.collection('notifications').doc(id),
  paymentClaim: (db: Firestore, id: string) => db.collection('payment_claims').doc(id),
  outbox: (db: Firestore, id: string) => db.collection('outbox').doc(id),
  checkoutExpiry: (db: Firestore, sessionId: string) => db.collection('checkout_expiries').doc(sessionId),
  /** Events whose next retry is due, and those whose retry ended without a word, oldest first. */
  dueWebhooks: (db: Firestore, now: Date) =>
    db
      .collection('failed_webhooks')
      .where('status', 'in', ['pending_retry', 'retrying'])
      .where('nextRetryAt', '<=', now)
      .orderBy('nextRetryAt'),
  failedWebhook: (db: Firestore, key: string) => db.collection('failed_webhooks').doc(key),
  cronLease: (db: Firestore, jobName: string) => db.collection('cron_leases').doc(jobName),
  unfinishedRuns: (db: Firestore, jobName: string) =>
    db
      .collection('cron_runs')
      .where('jobName', '==', jobName)
      .where('finishedAt', '==', null)
      .orderBy('startedAt'),
  cronRun: (db: Firestore, runId: string) => db.collection('cron_runs').doc(runId),
  /** What nobody but the server reads, beside the document that it belongs to. */
  privatePart: (ref: DocumentReference, name: string) => ref.collection('private').doc(name),
};

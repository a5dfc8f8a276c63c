import { type DocumentReference, type Firestore } from 'firebase-admin/firestore';
import { type OutboxStatus } from '../domain/messages/outboxRow';
import { type FailedWebhook } from '../domain/webhooks/failedWebhook';

/** Every document that the server touches, by name: paths are written here and nowhere else. */
export const collections = {
  user: (db: Firestore, uid: string) => db.collection('users').doc(uid),
  /** Freelancers who say that this is their customer: one, if all is well. */
  usersOfCustomer: (db: Firestore, customerId: string) =>
    db.collection('users').where('stripeCustomerId', '==', customerId),
  stripeCustomer: (db: Firestore, customerId: string) => db.collection('stripe_customers').doc(customerId),
  client: (db: Firestore, id: string) => db.collection('clients').doc(id),
  invoice: (db: Firestore, id: string) => db.collection('invoices').doc(id),
  transaction: (db: Firestore, id: string) => db.collection('transactions').doc(id),
  transactionsOfInvoice: (db: Firestore, invoiceId: string) =>
    db.collection('transactions').where('invoiceId', '==', invoiceId),
  escalationState: (db: Firestore, invoiceId: string) => db.collection('escalation_states').doc(invoiceId),
  timeline: (db: Firestore, id: string) => db.collection('escalation_timeline').doc(id),
  notification: (db: Firestore, id: string) => db.collection('notifications').doc(id),
  paymentClaim: (db: Firestore, id: string) => db.collection('payment_claims').doc(id),
  /** Claims that wait for an answer and whose time is over before then, the most urgent first. */
  claimsToVerify: (db: Firestore, before: Date) =>
    db
      .collection('payment_claims')
      .where('status', '==', 'pending_verification')
      .where('verificationDeadline', '<=', before)
      .orderBy('verificationDeadline'),
  outbox: (db: Firestore, id: string) => db.collection('outbox').doc(id),
  /** Messages that wait to be sent and that nobody has looked at in time, the longest waiting first. */
  dueMessages: (db: Firestore, now: Date) =>
    db.collection('outbox').where('status', '==', 'pending').where('dueAt', '<=', now).orderBy('dueAt'),
  /** Messages whose sender went away half-way. */
  stuckMessages: (db: Firestore, now: Date) =>
    db
      .collection('outbox')
      .where('status', '==', 'sending')
      .where('leaseUntil', '<=', now)
      .orderBy('leaseUntil'),
  /** Messages of which it is not known whether they were sent, the oldest first; those that are final have no dueAt. */
  unknownMessages: (db: Firestore, now: Date) =>
    db.collection('outbox').where('status', '==', 'unknown').where('dueAt', '<=', now).orderBy('dueAt'),
  messagesTo: (db: Firestore, recipientHash: string, status: 'pending' | 'sending' | 'unknown') =>
    db.collection('outbox').where('recipientHash', '==', recipientHash).where('status', '==', status),
  messagesByProviderId: (db: Firestore, providerMessageId: string) =>
    db.collection('outbox').where('providerMessageId', '==', providerMessageId),
  /** Those of which it was an attempt that did not arrive. */
  messagesByEarlierId: (db: Firestore, providerMessageId: string) =>
    db.collection('outbox').where('earlierMessageIds', 'array-contains', providerMessageId),
  /** What is known of an address, whoever sends to it: when it was written to, and whether it can be reached. */
  recipient: (db: Firestore, channel: 'email' | 'sms', hash: string) =>
    db.collection('recipients').doc(`${channel}_${hash}`),
  smsOptOut: (db: Firestore, phone: string) => db.collection('sms_opt_outs').doc(phone),
  smsOptOutAudit: (db: Firestore, id: string) => db.collection('sms_opt_out_audit').doc(id),
  /** What a number has said, the newest first. */
  optOutAuditOf: (db: Firestore, phone: string) =>
    db.collection('sms_opt_out_audit').where('phoneNumber', '==', phone).orderBy('timestamp', 'desc'),
  smsReply: (db: Firestore, messageSid: string) => db.collection('sms_replies').doc(messageSid),
  /** By the keyed hash of the address. */
  emailSuppression: (db: Firestore, hash: string) => db.collection('email_suppressions').doc(hash),
  /** Open invoices that carry this number, whosever they are. */
  openInvoicesOfPhone: (db: Firestore, phone: string) =>
    db
      .collection('invoices')
      .where('clientPhone', '==', phone)
      .where('status', 'in', ['sent', 'overdue', 'in_collections', 'disputed']),
  /** @param month 'YYYY-MM' in London */
  usage: (db: Firestore, uid: string, month: string) => db.collection('usage').doc(`${uid}_${month}`),
  usageMarker: (db: Firestore, uid: string, month: string, invoiceId: string) =>
    db.collection('usage').doc(`${uid}_${month}`).collection('invoices').doc(invoiceId),
  collectionAttempt: (db: Firestore, outboxId: string) => db.collection('collection_attempts').doc(outboxId),
  emailSent: (db: Firestore, outboxId: string) => db.collection('emails_sent').doc(outboxId),
  consentAudit: (db: Firestore, id: string) => db.collection('consent_audit_log').doc(id),
  usersOfAccount: (db: Firestore, stripeAccountId: string) =>
    db.collection('users').where('stripeAccountId', '==', stripeAccountId),
  auditLog: (db: Firestore, id: string) => db.collection('audit_log').doc(id),
  /** Accounts whose closing is due or under way, the longest due first; those that are closed have no such moment. */
  accountsToClose: (db: Firestore, now: Date) =>
    db.collection('users').where('closing.closesAt', '<=', now).orderBy('closing.closesAt'),
  /** A freelancer's invoices that can still be chased or paid, in the order of their ids. */
  openInvoicesOf: (db: Firestore, uid: string) =>
    db
      .collection('invoices')
      .where('freelancerId', '==', uid)
      .where('status', 'in', ['sent', 'overdue', 'in_collections', 'disputed'])
      .orderBy('__name__'),
  waitingMessagesOf: (db: Firestore, uid: string) =>
    db.collection('outbox').where('freelancerId', '==', uid).where('status', '==', 'pending'),
  /** Messages on a freelancer's behalf that have not left yet. */
  unsentMessagesOf: (db: Firestore, uid: string) =>
    db.collection('outbox').where('freelancerId', '==', uid).where('status', 'in', ['pending', 'sending']),
  recurringInvoicesOf: (db: Firestore, uid: string) =>
    db.collection('recurring_invoices').where('freelancerId', '==', uid),
  deletionRequest: (db: Firestore, id: string) => db.collection('data_deletion_requests').doc(id),
  systemConfig: (db: Firestore, name: 'policy' | 'plans' | 'bank_rates') =>
    db.collection('system_config').doc(name),
  /** How far a job has come with what no row tells it. */
  reconciliation: (db: Firestore, name: string) => db.collection('reconciliations').doc(name),
  checkoutExpiry: (db: Firestore, sessionId: string) => db.collection('checkout_expiries').doc(sessionId),
  /** Invoices whose chase has something to decide, the longest due first; in an order that a cursor can go on from. */
  dueInvoices: (db: Firestore, now: Date) =>
    db.collection('invoices').where('nextActionAt', '<=', now).orderBy('nextActionAt').orderBy('__name__'),
  /** Invoices that one page of a run has looked at, and no later one since. */
  invoicesOfPage: (db: Firestore, page: string) =>
    db.collection('invoices').where('escalationRun.page', '==', page),
  /** A freelancer's invoices of which the last reminder was sent, and of which nothing more is to be decided. */
  finishedChasesOf: (db: Firestore, uid: string) =>
    db
      .collection('invoices')
      .where('freelancerId', '==', uid)
      .where('status', '==', 'in_collections')
      .where('escalationLevel', '==', 'final')
      .where('nextActionAt', '==', null),
  cronRunPage: (db: Firestore, runId: string, page: number) =>
    db.collection('cron_runs').doc(runId).collection('pages').doc(String(page)),
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
  /** Sent invoices that are due on these days ('YYYY-MM-DD'), both included. */
  sentInvoicesDue: (db: Firestore, from: string, to: string) =>
    db
      .collection('invoices')
      .where('status', '==', 'sent')
      .where('dueDate', '>=', from)
      .where('dueDate', '<=', to)
      .orderBy('dueDate'),
  /** Events whose retry ended without a word, and so long ago. */
  stuckWebhooks: (db: Firestore, before: Date) =>
    db
      .collection('failed_webhooks')
      .where('status', '==', 'retrying')
      .where('leaseUntil', '<=', before)
      .orderBy('leaseUntil'),
  /** Failed events in one status, the oldest first. */
  failedWebhooksBy: (db: Firestore, status: FailedWebhook['status']) =>
    db.collection('failed_webhooks').where('status', '==', status).orderBy('createdAt'),
  /** Messages in one status, the oldest first. */
  messagesBy: (db: Firestore, status: OutboxStatus) =>
    db.collection('outbox').where('status', '==', status).orderBy('createdAt'),
  /** Messages about one invoice, in no order. */
  messagesOfInvoice: (db: Firestore, invoiceId: string) =>
    db.collection('outbox').where('invoiceId', '==', invoiceId),
  /** What the chase of one invoice has come to, in no order. */
  timelineOfInvoice: (db: Firestore, invoiceId: string) =>
    db.collection('escalation_timeline').where('invoiceId', '==', invoiceId),
  /** Events that were applied and are about one of these (30 at the most), in no order. @param claims their collection */
  claimsAbout: (db: Firestore, claims: string, what: 'outboxId' | 'invoiceId', ids: readonly string[]) =>
    db.collection(claims).where(`metadata.${what}`, 'in', ids),
  /** Rows of a collection whose time is over, the longest expired first. */
  expired: (db: Firestore, name: string, now: Date) =>
    db.collection(name).where('expiresAt', '<=', now).orderBy('expiresAt'),
  recurringInvoice: (db: Firestore, id: string) => db.collection('recurring_invoices').doc(id),
  recurringHistory: (db: Firestore, id: string) => db.collection('recurring_invoice_history').doc(id),
  /** Recurring invoices of which a period has begun by that day ('YYYY-MM-DD'), the earliest first. */
  dueRecurringInvoices: (db: Firestore, today: string) =>
    db
      .collection('recurring_invoices')
      .where('status', '==', 'active')
      .where('nextInvoiceDate', '<=', today)
      .orderBy('nextInvoiceDate'),
  invoiceSequence: (db: Firestore, uid: string) => db.collection('invoice_sequences').doc(uid),
  /** Freelancers who have agreed to e-mails that are not needed for the service, in the order of their ids. */
  consentingUsers: (db: Firestore) =>
    db.collection('users').where('marketingConsent', '==', true).orderBy('__name__'),
  /** That something was sent to a freelancer, once for ever. */
  sentMarker: (db: Firestore, uid: string, key: string) =>
    db.collection('users').doc(uid).collection('sent').doc(key),
  draftsOf: (db: Firestore, uid: string) =>
    db.collection('invoices').where('freelancerId', '==', uid).where('status', '==', 'draft'),
  invoicesOf: (db: Firestore, uid: string) => db.collection('invoices').where('freelancerId', '==', uid),
  /** A freelancer's invoices by the day that they are dated, the newest first. */
  newestInvoicesOf: (db: Firestore, uid: string) =>
    db.collection('invoices').where('freelancerId', '==', uid).orderBy('issueDate', 'desc'),
  /** @param month 'YYYY-MM' */
  usageOfMonth: (db: Firestore, month: string) => db.collection('usage').where('month', '==', month),
  /** What nobody but the server reads, beside the document that it belongs to. */
  privatePart: (ref: DocumentReference, name: string) => ref.collection('private').doc(name),
};

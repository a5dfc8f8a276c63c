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
  /** Payments that fitted no invoice, and of which no operator has said what they are. */
  unappliedPayments: (db: Firestore) =>
    db.collection('transactions').where('applied', '==', false).where('resolution', '==', null),
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
  /** What a number has said, the newest first; by the number and its keyed hashes. */
  optOutAuditOf: (db: Firestore, filedUnder: readonly string[]) =>
    db.collection('sms_opt_out_audit').where('phoneNumber', 'in', filedUnder).orderBy('timestamp', 'desc'),
  smsReply: (db: Firestore, messageSid: string) => db.collection('sms_replies').doc(messageSid),
  /** By the keyed hash of the address. */
  emailSuppression: (db: Firestore, hash: string) => db.collection('email_suppressions').doc(hash),
  /** Open invoices that carry this number, whosever they are. */
  openInvoicesOfPhone: (db: Firestore, phone: string) =>
    db
      .collection('invoices')
      .where('clientPhone', '==', phone)
      .where('status', 'in', ['sent', 'overdue', 'in_collections', 'disputed']),
  /** The same by the keyed hashes of the number. */
  openInvoicesOfPhoneHash: (db: Firestore, hashes: readonly string[]) =>
    db
      .collection('invoices')
      .where('clientPhoneHash', 'in', hashes)
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
  /** Closed accounts of which something is still to be erased, the longest due first. */
  accountsToErase: (db: Firestore, now: Date) =>
    db.collection('users').where('closing.erasesAt', '<=', now).orderBy('closing.erasesAt'),
  /** Closed accounts whose records need not be kept any longer. */
  recordsToEnd: (db: Firestore, now: Date) =>
    db.collection('users').where('closing.recordsUntil', '<=', now).orderBy('closing.recordsUntil'),
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
  systemConfig: (db: Firestore, name: 'policy' | 'plans' | 'bank_rates' | 'contact_data') =>
    db.collection('system_config').doc(name),
  /** The wrapped keys of a freelancer's contact data, or of what belongs to none. */
  dataKeys: (db: Firestore, owner: string) => db.collection('data_keys').doc(owner),
  /** All documents of a collection, in the order of their ids. */
  everyIn: (db: Firestore, name: string) => db.collection(name).orderBy('__name__'),
  /** Those of one freelancer, or of none. */
  ownedIn: (db: Firestore, name: string, uid: string | null) =>
    db.collection(name).where('freelancerId', '==', uid).orderBy('__name__'),
  /** Documents in which a text begins so; `__name__`: whose ids do. */
  beginningWith: (db: Firestore, name: string, field: string, beginning: string) =>
    db
      .collection(name)
      .where(field, '>=', beginning)
      // The first text after all that begin so.
      .where(
        field,
        '<',
        beginning.slice(0, -1) + String.fromCharCode(beginning.charCodeAt(beginning.length - 1) + 1),
      )
      .orderBy(field),
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
  /** Messages about one invoice, on both channels, in the order of ids. */
  messagesOfInvoice: (db: Firestore, invoiceId: string) =>
    db.collection('outbox').where('invoiceId', '==', invoiceId).orderBy('__name__'),
  /** What the chase of one invoice has come to, in no order. */
  timelineOfInvoice: (db: Firestore, invoiceId: string) =>
    db.collection('escalation_timeline').where('invoiceId', '==', invoiceId),
  /** Events that were applied and are about one of these (30 at the most), in no order. @param claims their collection */
  claimsAbout: (db: Firestore, claims: string, what: 'outboxId' | 'invoiceId', ids: readonly string[]) =>
    db.collection(claims).where(`metadata.${what}`, 'in', ids),
  /** Rows of a collection whose time is over, the longest expired first. */
  expired: (db: Firestore, name: string, now: Date) =>
    db.collection(name).where('expiresAt', '<=', now).orderBy('expiresAt'),
  /** Rows of a collection that are older than that by one of their instants, the oldest first. */
  olderThan: (db: Firestore, name: string, field: string, before: Date) =>
    db.collection(name).where(field, '<=', before).orderBy(field),
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
  /** A document of any collection that the data map names. */
  row: (db: Firestore, name: string, id: string) => db.collection(name).doc(id),
  /** A freelancer's rows of a collection, in the order of their ids. */
  rowsOf: (db: Firestore, name: string, field: 'freelancerId' | 'uid', uid: string) =>
    db.collection(name).where(field, '==', uid).orderBy('__name__'),
  /** What lies apart below a freelancer's invoices, also below those that are gone. */
  privatePartsOf: (db: Firestore, uid: string) =>
    db.collectionGroup('private').where('freelancerId', '==', uid).orderBy('__name__'),
  /** What lies below a document, in the order of ids. */
  below: (db: Firestore, path: string, part: string) => db.collection(`${path}/${part}`).orderBy('__name__'),
  /** What a debtor has asked for; one row for an address and a kind. */
  debtorRequest: (db: Firestore, kind: 'erasure' | 'objection', addressHash: string) =>
    db.collection('debtor_requests').doc(`${kind}_${addressHash}`),
  /** Requests of debtors that are not done yet, the longest due first. */
  debtorRequestsDue: (db: Firestore, now: Date) =>
    db.collection('debtor_requests').where('dueAt', '<=', now).orderBy('dueAt'),
  /** What carries a debtor's address in the clear, whosever it is, in the order of ids. Lower case. */
  carryingAddress: (db: Firestore, name: string, field: string, email: string) =>
    db.collection(name).where(field, '==', email).orderBy('__name__'),
  /** The same where it is sealed, by the keyed hashes of the address. */
  carryingHash: (db: Firestore, name: string, field: string, hashes: readonly string[]) =>
    db.collection(name).where(`${field}Hash`, 'in', hashes).orderBy('__name__'),
  messagesOfAddress: (db: Firestore, hashes: readonly string[]) =>
    db.collection('outbox').where('recipientHash', 'in', hashes).orderBy('__name__'),
  openInvoicesOfClient: (db: Firestore, freelancerId: string, clientId: string) =>
    db
      .collection('invoices')
      .where('freelancerId', '==', freelancerId)
      .where('clientId', '==', clientId)
      .where('status', 'in', ['sent', 'overdue', 'in_collections', 'disputed']),
  repliesAbout: (db: Firestore, invoiceId: string) =>
    db.collection('sms_replies').where('invoiceId', '==', invoiceId).orderBy('__name__'),
  /** What nobody but the server reads, beside the document that it belongs to. */
  privatePart: (ref: DocumentReference, name: string) => ref.collection('private').doc(name),
};

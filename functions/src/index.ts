import { setGlobalOptions } from 'firebase-functions/v2/options';
import { onDocumentCreated } from 'firebase-functions/v2/firestore';
import { onCall, onRequest } from 'firebase-functions/v2/https';
import { beforeUserSignedIn } from 'firebase-functions/v2/identity';
import { onSchedule } from 'firebase-functions/v2/scheduler';
import { onTaskDispatched } from 'firebase-functions/v2/tasks';
import { params } from './platform/config';

// Every deployed function, one entry each: the map of the house. What a function does is loaded when it is first called.

// For every function that says nothing else; docs/deploy.md has the table, and a test holds the two together.
setGlobalOptions({
  region: 'europe-west2',
  // A process with everything loaded takes some 110 MiB. With less than 512, Cloud Run also gives less than a whole processor, and then
  // lets one request at a time into an instance.
  memory: '512MiB',
  // Nobody waits longer for a cold start (a second) than a provider does, and each repeats what was not answered.
  minInstances: 0,
  // A flood becomes a queue, and not a bill, nor more transactions on one document than it bears.
  maxInstances: 20,
});

/** One event, one commit: who asks gets an answer within the minute, and many are answered at once. */
const REQUEST = { concurrency: 80, timeoutSeconds: 60 } as const;

// Jobs run under a lease: a second instance would find it held.
const JOB = { timeZone: 'Europe/London', maxInstances: 1 } as const;
const MINUTELY = { ...JOB, schedule: '* * * * *', timeoutSeconds: 300 } as const;
// Those below walk many documents: nine minutes, of which each one's own budget leaves the last for its end.
const LONG = { ...JOB, timeoutSeconds: 540 } as const;
const HOURLY = { ...LONG, schedule: '0 * * * *' } as const;
// Once a day or a month: half an hour, the longest that Cloud Scheduler waits. What is left then is gone on with by the
// next run; one that failed is tried again by the scheduler. One that was killed holds its lease of ten minutes for that long, and
// a tick meanwhile is answered with success: the first retry comes after it.
const SELDOM = { ...JOB, timeoutSeconds: 1800, retryCount: 3, minBackoffSeconds: 660 } as const;

/** For functions that ask Stripe; others get no key. */
const stripe = [params.stripeSecretKey];
/** For functions that send. */
const sends = [params.addressHashKey, params.linkSigningKey];
/** For functions that queue messages or look for an address: the keys of the hashes by which it is found. */
const queues = [params.addressHashKey];

export const stripeWebhook = onRequest(
  { ...REQUEST, secrets: [...stripe, ...queues, params.stripeWebhookSecret] },
  async (request, response) =>
    (await import('./webhooks/stripeWebhook.js')).handleStripeWebhook(request, response),
);

export const twilioSmsReply = onRequest(
  { ...REQUEST, secrets: [...queues, params.twilioAuthToken] },
  async (request, response) =>
    (await import('./webhooks/twilioSmsReply.js')).handleTwilioSmsReply(request, response),
);

export const twilioSmsStatus = onRequest(
  { ...REQUEST, secrets: [...queues, params.twilioAuthToken] },
  async (request, response) =>
    (await import('./webhooks/twilioSmsStatus.js')).handleTwilioSmsStatus(request, response),
);

export const sendgridEvents = onRequest(
  // A batch holds up to a thousand events.
  { secrets: [...queues, params.sendgridWebhookPublicKey], concurrency: 20, timeoutSeconds: 300 },
  async (request, response) =>
    (await import('./webhooks/sendgridEvents.js')).handleSendgridEvents(request, response),
);

export const clerkWebhook = onRequest(
  { ...REQUEST, secrets: [params.clerkWebhookSecret] },
  async (request, response) =>
    (await import('./webhooks/clerkWebhook.js')).handleClerkWebhook(request, response),
);

export const unsubscribe = onRequest(
  { ...REQUEST, secrets: [params.linkSigningKey] },
  async (request, response) => (await import('./pages/unsubscribe.js')).handleUnsubscribe(request, response),
);

export const consentPage = onRequest({ ...REQUEST, secrets: sends }, async (request, response) =>
  (await import('./pages/consentPage.js')).handleConsentPage(request, response),
);

export const health = onRequest(
  { concurrency: 80, timeoutSeconds: 10, maxInstances: 2 },
  async (request, response) => (await import('./pages/health.js')).handleHealth(request, response),
);

export const retryWebhooks = onSchedule({ ...MINUTELY, secrets: [...stripe, ...queues] }, async (event) =>
  (await import('./scheduled/retryWebhooks.js')).handleRetryWebhooks(event),
);

export const dispatchOutbox = onSchedule(MINUTELY, async (event) =>
  (await import('./scheduled/dispatchOutbox.js')).handleDispatchOutbox(event),
);

export const reconcileMessages = onSchedule(
  {
    ...LONG,
    schedule: '*/15 * * * *',
    secrets: [...queues, params.twilioAccountSid, params.twilioAuthToken],
  },
  async (event) => (await import('./scheduled/reconcileMessages.js')).handleReconcileMessages(event),
);

export const processEscalations = onSchedule(
  { ...LONG, schedule: '0 */6 * * *', secrets: queues },
  async (event) => (await import('./scheduled/processEscalations.js')).handleProcessEscalations(event),
);

/** Pages of a long run; few at once, for each has several commits under way. */
export const escalatePage = onTaskDispatched(
  {
    secrets: queues,
    rateLimits: { maxDispatchesPerSecond: 5, maxConcurrentDispatches: 5 },
    retryConfig: { maxAttempts: 5, minBackoffSeconds: 10, maxBackoffSeconds: 300 },
    timeoutSeconds: 540,
  },
  async (request) => (await import('./tasks/escalatePage.js')).handleEscalatePage(request),
);

export const processEmailSequence = onSchedule({ ...HOURLY, secrets: queues }, async (event) =>
  (await import('./scheduled/processEmailSequence.js')).handleProcessEmailSequence(event),
);

export const maintainQueues = onSchedule(HOURLY, async (event) =>
  (await import('./scheduled/maintainQueues.js')).handleMaintainQueues(event),
);

export const closeAccounts = onSchedule({ ...HOURLY, secrets: [...stripe, ...queues] }, async (event) =>
  (await import('./scheduled/closeAccounts.js')).handleCloseAccounts(event),
);

export const processRecurringInvoices = onSchedule(
  { ...SELDOM, schedule: '5 0 * * *', secrets: queues },
  async (event) =>
    (await import('./scheduled/processRecurringInvoices.js')).handleProcessRecurringInvoices(event),
);

export const sendBehavioralEmails = onSchedule(
  { ...SELDOM, schedule: '0 10 * * *', secrets: queues },
  async (event) => (await import('./scheduled/sendBehavioralEmails.js')).handleSendBehavioralEmails(event),
);

export const resetMonthlyUsage = onSchedule({ ...SELDOM, schedule: '0 0 1 * *' }, async (event) =>
  (await import('./scheduled/resetMonthlyUsage.js')).handleResetMonthlyUsage(event),
);

export const saveClient = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/saveClient.js')).handleSaveClient(request),
);

export const sendInvoice = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/sendInvoice.js')).handleSendInvoice(request),
);

export const setClientConsent = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/setClientConsent.js')).handleSetClientConsent(request),
);

export const setCollectionsConsent = onCall(async (request) =>
  (await import('./callable/setCollectionsConsent.js')).handleSetCollectionsConsent(request),
);

export const createCheckoutSession = onCall({ secrets: [...stripe, ...queues] }, async (request) =>
  (await import('./callable/createCheckoutSession.js')).handleCreateCheckoutSession(request),
);

export const createSubscriptionCheckout = onCall({ secrets: stripe }, async (request) =>
  (await import('./callable/createSubscriptionCheckout.js')).handleCreateSubscriptionCheckout(request),
);

export const createPortalSession = onCall({ secrets: stripe }, async (request) =>
  (await import('./callable/createPortalSession.js')).handleCreatePortalSession(request),
);

export const sendCollectionsSms = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/sendCollectionsSms.js')).handleSendCollectionsSms(request),
);

export const cancelInvoice = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/cancelInvoice.js')).handleCancelInvoice(request),
);

export const recordManualPayment = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/recordManualPayment.js')).handleRecordManualPayment(request),
);

export const pauseEscalation = onCall(async (request) =>
  (await import('./callable/pauseEscalation.js')).handlePauseEscalation(request),
);

export const resumeEscalation = onCall(async (request) =>
  (await import('./callable/resumeEscalation.js')).handleResumeEscalation(request),
);

export const claimPayment = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/claimPayment.js')).handleClaimPayment(request),
);

export const verifyPaymentClaim = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/verifyPaymentClaim.js')).handleVerifyPaymentClaim(request),
);

export const openDispute = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/openDispute.js')).handleOpenDispute(request),
);

export const closeDispute = onCall(async (request) =>
  (await import('./callable/closeDispute.js')).handleCloseDispute(request),
);

export const createStripeOnboardingLink = onCall({ secrets: stripe }, async (request) =>
  (await import('./callable/createStripeOnboardingLink.js')).handleCreateStripeOnboardingLink(request),
);

export const exchangeClerkToken = onCall(async (request) =>
  (await import('./callable/exchangeClerkToken.js')).handleExchangeClerkToken(request),
);

export const revealContact = onCall(async (request) =>
  (await import('./callable/revealContact.js')).handleRevealContact(request),
);

export const refreshAccess = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/refreshAccess.js')).handleRefreshAccess(request),
);

/** Runs with each sign-in, which waits for it. */
export const setSignInClaims = beforeUserSignedIn({ secrets: queues }, async (event) =>
  (await import('./tasks/setSignInClaims.js')).handleSetSignInClaims(event),
);

export const deleteMyAccount = onCall(async (request) =>
  (await import('./callable/deleteMyAccount.js')).handleDeleteMyAccount(request),
);

export const exportMyData = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/exportMyData.js')).handleExportMyData(request),
);

export const requestDebtorRights = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/requestDebtorRights.js')).handleRequestDebtorRights(request),
);

export const checkVerificationDeadlines = onSchedule({ ...HOURLY, secrets: queues }, async (event) =>
  (await import('./scheduled/checkVerificationDeadlines.js')).handleCheckVerificationDeadlines(event),
);

export const onOutboxCreated = onDocumentCreated(
  { document: 'outbox/{outboxId}', retry: true },
  async (event) => (await import('./tasks/onOutboxCreated.js')).handleOutboxCreated(event),
);

/** A queue tries again only what could not even be claimed: what was claimed is settled, or becomes `unknown`. */
const retryConfig = { maxAttempts: 5, minBackoffSeconds: 10, maxBackoffSeconds: 300 };

export const sendSms = onTaskDispatched(
  {
    secrets: [...sends, params.twilioAccountSid, params.twilioAuthToken],
    rateLimits: { maxDispatchesPerSecond: params.smsPerSecond, maxConcurrentDispatches: 20 },
    retryConfig,
    timeoutSeconds: 60,
  },
  async (request) => (await import('./tasks/sendTask.js')).handleSendTask(request),
);

export const sendEmail = onTaskDispatched(
  {
    secrets: [...sends, params.sendgridApiKey],
    rateLimits: { maxDispatchesPerSecond: params.emailsPerSecond, maxConcurrentDispatches: 100 },
    retryConfig,
    timeoutSeconds: 60,
  },
  async (request) => (await import('./tasks/sendTask.js')).handleSendTask(request),
);

export const onCheckoutExpiryCreated = onDocumentCreated(
  { document: 'checkout_expiries/{sessionId}', secrets: stripe, retry: true },
  async (event) => (await import('./tasks/onCheckoutExpiryCreated.js')).handleCheckoutExpiryCreated(event),
);

// For admins alone; each call is written down in the audit log.

export const listFailedWebhooks = onCall(async (request) =>
  (await import('./callable/admin/listFailedWebhooks.js')).handleListFailedWebhooks(request),
);

export const replayFailedWebhook = onCall({ secrets: [...stripe, ...queues] }, async (request) =>
  (await import('./callable/admin/replayFailedWebhook.js')).handleReplayFailedWebhook(request),
);

export const discardFailedWebhook = onCall(async (request) =>
  (await import('./callable/admin/discardFailedWebhook.js')).handleDiscardFailedWebhook(request),
);

export const releaseLease = onCall(async (request) =>
  (await import('./callable/admin/releaseLease.js')).handleReleaseLease(request),
);

export const lookupOptOut = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/admin/lookupOptOut.js')).handleLookupOptOut(request),
);

/** For calls that go on for a minute at a time. */
const walks = { secrets: queues, timeoutSeconds: 300 };

export const migrateContactData = onCall(walks, async (request) =>
  (await import('./callable/admin/migrateContactData.js')).handleMigrateContactData(request),
);

export const rotateDataKey = onCall(walks, async (request) =>
  (await import('./callable/admin/rotateDataKey.js')).handleRotateDataKey(request),
);

export const listHashKeys = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/admin/listHashKeys.js')).handleListHashKeys(request),
);

export const listOutbox = onCall(async (request) =>
  (await import('./callable/admin/listOutbox.js')).handleListOutbox(request),
);

export const resendOutbox = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/admin/resendOutbox.js')).handleResendOutbox(request),
);

export const resolveUnappliedPayment = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/admin/resolveUnappliedPayment.js')).handleResolveUnappliedPayment(request),
);

export const setOptOut = onCall({ secrets: queues }, async (request) =>
  (await import('./callable/admin/setOptOut.js')).handleSetOptOut(request),
);

export const getInvoiceTimeline = onCall(async (request) =>
  (await import('./callable/admin/getInvoiceTimeline.js')).handleGetInvoiceTimeline(request),
);

import { type SeededBug } from '../seededBug';

const MONEY = 'test/integration/money/';
const DECIDE = 'functions/src/domain/payment/decidePayment.ts';

/** Of payments, refunds, disputes and Checkout Sessions. */
export const moneyBugs: readonly SeededBug[] = [
  {
    name: 'no-account-check',
    file: DECIDE,
    find: '(payment.transaction.stripeAccountId ?? null) !== (context.freelancer?.stripeAccountId ?? null)',
    replace: 'payment.transaction.stripeAccountId === "acct_none"',
    suites: [`${MONEY}unapplied`],
  },
  {
    name: 'no-owner-check',
    file: DECIDE,
    find: "if (payment.freelancerId !== invoice.freelancerId) return 'freelancer_mismatch';",
    replace: '',
    suites: [`${MONEY}unapplied`],
  },
  {
    name: 'wrong-currency-is-applied',
    file: DECIDE,
    find: "if (payment.transaction.currency !== invoice.currency) return 'currency_mismatch';",
    replace: '',
    suites: [`${MONEY}unapplied`],
  },
  {
    name: 'foreign-account-learns-a-name',
    file: DECIDE,
    find: 'return account === null || account === freelancer?.stripeAccountId ? freelancer : null;',
    replace: 'return account === undefined ? null : freelancer;',
    suites: [`${MONEY}unapplied`],
  },
  {
    name: 'refund-of-one-of-two-marks-refunded',
    file: 'functions/src/domain/invoice/settleInvoice.ts',
    find: "if (totals.paid > 0 && totals.net >= invoice.amount) return 'paid';",
    replace:
      "if (totals.refunded > 0) return 'refunded';\n  if (totals.paid > 0 && totals.net >= invoice.amount) return 'paid';",
    suites: [`${MONEY}refunds`],
  },
  {
    name: 'refund-starts-the-chase-again',
    file: 'functions/src/domain/invoice/settleInvoice.ts',
    find: "if (chaseClosed || invoice.status === 'paid') return null;",
    replace: '',
    suites: [`${MONEY}chase`],
  },
  {
    name: 'smaller-refund-sum-wins',
    file: 'functions/src/domain/payment/withFacts.ts',
    find: 'Math.max(transaction.refunded, facts.refunded)',
    replace: 'facts.refunded',
    suites: [`${MONEY}refunds`, `${MONEY}ordering`],
  },
  {
    name: 'dispute-closed-before-created-opens-again',
    file: 'functions/src/domain/payment/withFacts.ts',
    find: 'if (known !== undefined && disputeRank(facts.status) <= disputeRank(known.status)) return transaction;',
    replace: '',
    suites: [`${MONEY}disputes`, `${MONEY}ordering`],
  },
  {
    name: 'dispute-does-not-pause',
    file: 'functions/src/domain/payment/invoiceConsequences.ts',
    find: 'if (isDisputed && !wasDisputed && !escalation.isPaused) {',
    replace: 'if (isDisputed && wasDisputed && !escalation.isPaused) {',
    suites: [`${MONEY}chase`, `${MONEY}disputes`],
  },
  {
    name: 'payment-does-not-close-the-chase',
    file: 'functions/src/domain/payment/invoiceConsequences.ts',
    find: "if (settlement.status === 'paid' && escalation.closedAt == null) {",
    replace: "if (settlement.status === 'refunded' && escalation.closedAt == null) {",
    suites: [`${MONEY}chase`],
  },
  {
    name: 'second-session-left-open',
    file: 'functions/src/usecases/createCheckoutSession.ts',
    find: '} else if (checkout?.expiresAt != null) {',
    replace: '} else if (checkout?.expiresAt === undefined && checkout?.expiresAt != null) {',
    suites: ['test/integration/calls/checkout'],
  },
  {
    name: 'session-left-open-when-paid-another-way',
    file: 'functions/src/domain/payment/endsWithPayment.ts',
    find: ': { fields, checkoutExpiry: { sessionId, stripeAccountId } };',
    replace: ': { fields };',
    suites: [`${MONEY}checkoutSessions`],
  },
  {
    name: 'receipt-id-of-the-event',
    file: DECIDE,
    find: 'id: `receipt_${payment.transactionId}`,',
    replace: 'id: `receipt_${payment.transactionId}_${String(payment.sessionId)}`,',
    suites: [`${MONEY}payments`, `${MONEY}chase`],
  },
  {
    name: 'preconditions-left-out',
    file: 'functions/src/store/unitOfWork.ts',
    find: 'else writer.update(write.ref, write.data, write.precondition);',
    replace: 'else writer.update(write.ref, write.data, {});',
    suites: [`${MONEY}concurrency`],
  },
  {
    name: 'paid-session-stands-in-the-way-for-ever',
    file: 'functions/src/usecases/requireNoneUnderWay.ts',
    find: 'if (transaction !== null && !isUndecided(transaction)) return;',
    replace: '',
    suites: ['test/integration/calls/paidCheckout'],
  },
  {
    name: 'unapplied-payments-not-counted',
    file: 'functions/src/usecases/queues/measureQueues.ts',
    find: 'payments_unapplied: await size(collections.unappliedPayments(db)),',
    replace: 'payments_unapplied: 0,',
    suites: ['test/integration/account/unappliedPayments'],
  },
  {
    name: 'other-mode-is-taken-for-ours',
    file: 'functions/src/usecases/applyStripeEvent.ts',
    find: 'fact === null || isOfTheOtherMode(deps, event, fact)',
    replace: 'fact === null',
    suites: [`${MONEY}ignored`],
  },
  {
    name: 'chase-dead-once-a-part-payment-went-back',
    file: 'functions/src/domain/invoice/settleInvoice.ts',
    find: 'if (invoice.nextActionAt != null) return invoice.nextActionAt;',
    replace:
      "if (invoice.status === 'refunded') return null;\n  if (invoice.nextActionAt != null) return invoice.nextActionAt;",
    suites: ['test/unit/domain/settleInvoice', `${MONEY}chase`],
  },
];

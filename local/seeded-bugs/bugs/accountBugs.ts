import { type SeededBug } from '../seededBug';

const BILLING = 'test/integration/billing/';
const ACCOUNT = 'test/integration/account/';

/** Of subscriptions, people and the closing of accounts. */
export const accountBugs: readonly SeededBug[] = [
  {
    name: 'subscription-written-without-the-precondition',
    file: 'functions/src/usecases/billing/noteLook.ts',
    find: 'unit.save(ref, {',
    replace: 'unit.put(ref, {',
    suites: ['test/subscriptions/'],
  },
  {
    name: 'two-customers-for-one-freelancer',
    file: 'functions/src/usecases/billing/ensureCustomer.ts',
    find: '`customer_${uid}_${(before ?? 0) + 1}`',
    replace: '`customer_${uid}_${(before ?? 0) + 1}_${deps.random.uuid()}`',
    suites: [`${BILLING}subscribing`],
  },
  {
    name: 'unknown-price-downgrades',
    file: 'functions/src/usecases/billing/syncSubscription.ts',
    find: '  requireKnownPrices(live);\n',
    replace: '',
    suites: [`${BILLING}strangers`],
  },
  {
    name: 'past-due-loses-the-plan-at-once',
    file: 'functions/src/domain/billing/currentPlan.ts',
    find: 'until !== null && until <= now',
    replace: 'until !== null',
    suites: [`${BILLING}life`],
  },
  {
    name: 'debtors-told-twice-that-an-account-closes',
    file: 'functions/src/usecases/account/closeInvoice.ts',
    find: "    if (unit.snapshot(doneRef).exists) return 'invoices_done_before';\n",
    replace: '',
    suites: [`${ACCOUNT}closingKilled`, `${ACCOUNT}closing`],
  },
  {
    name: 'older-news-of-a-user-wins',
    file: 'functions/src/domain/account/decideClerkUser.ts',
    find: 'account.clerk == null || event.data.updated_at >= account.clerk.updatedAt',
    replace: 'true',
    suites: [`${ACCOUNT}clerkWebhook`],
  },
  {
    name: 'first-call-overwrites-what-operators-wrote',
    file: 'functions/src/domain/account/account.ts',
    find: '.filter(([name]) => record[name] === undefined)',
    replace: ".filter(([name]) => name !== '')",
    suites: ['test/integration/calls/openAccount'],
  },
  {
    name: 'admin-of-an-address-that-nobody-verified',
    file: 'local/ops/findUser.ts',
    find: 'if (known?.emailVerified === true) return known;',
    replace: 'if (known !== undefined) return known;',
    suites: [`${ACCOUNT}grantAdmin`],
  },
];

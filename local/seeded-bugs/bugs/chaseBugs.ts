import { type SeededBug } from '../seededBug';

const DECIDE = 'functions/src/domain/escalation/decideEscalation.ts';

/** Of the chase, claims and disputes, interest, and the rules of the web client. */
export const chaseBugs: readonly SeededBug[] = [
  {
    name: 'a-burst-after-an-outage',
    file: DECIDE,
    find: "const level = due.filter((one) => one !== 'agency' || account.plan.agencyOffer).at(-1);",
    replace: "const level = due.filter((one) => one !== 'agency' || account.plan.agencyOffer).at(0);",
    suites: ['test/unit/escalation/', 'test/integration/escalation/levels'],
  },
  {
    name: 'two-levels-within-three-days',
    file: DECIDE,
    find: "if (gap !== null && gap > now) return wait('gap');",
    replace: '',
    suites: ['test/unit/escalation/'],
  },
  {
    name: 'chased-while-claimed-as-paid',
    file: DECIDE,
    find: "if (invoice.paymentClaimStatus === 'pending_verification') return wait('claimed');",
    replace: '',
    suites: ['test/unit/escalation/', 'test/integration/escalation/levels'],
  },
  {
    name: 'page-counts-what-another-page-did',
    file: 'functions/src/usecases/escalation/escalateInvoice.ts',
    find: "if (invoice.nextActionAt == null || invoice.nextActionAt > now) return 'moved_on';",
    replace: '',
    suites: ['test/integration/escalation/'],
  },
  {
    name: 'page-counts-only-what-this-try-did',
    file: 'functions/src/usecases/escalation/escalatePage.ts',
    find: 'stopped || (await isWhole(deps, page, counts)) ? counts : await countedOf(deps, page)',
    replace: 'counts',
    suites: ['test/integration/escalation/pages'],
  },
  {
    name: 'corrupt-invoice-holds-up-the-page',
    file: 'functions/src/usecases/escalation/recordEscalationError.ts',
    find: 'nextActionAt: new Date(now.getTime() + wait),',
    replace: '',
    suites: ['test/integration/escalation/levels'],
  },
  {
    name: 'agency-contacts-the-debtor',
    file: DECIDE,
    find: "const by = level === 'agency' ? [] : channelsFor(level, invoice, account);",
    replace: "const by = channelsFor(level === 'agency' ? 'final' : level, invoice, account);",
    suites: ['test/unit/escalation/', 'test/integration/escalation/levels'],
  },
  {
    name: 'a-third-claim',
    file: 'functions/src/domain/claims/decideClaim.ts',
    find: 'if (earlier.length >= MOST_CLAIMS)',
    replace: 'if (earlier.length > MOST_CLAIMS)',
    suites: ['test/integration/claims/'],
  },
  {
    name: 'both-claim-reminders-at-once',
    file: 'functions/src/domain/claims/decideDeadline.ts',
    find: 'const due = REMINDERS.find((hours) => leftMs <= hours * HOUR_MS);',
    replace: 'const due = [...REMINDERS].reverse().find((hours) => leftMs <= hours * HOUR_MS);',
    suites: ['test/integration/claims/deadlines'],
  },
  {
    name: 'expired-claim-resumes-at-once',
    file: 'functions/src/domain/claims/decideDeadline.ts',
    find: 'pauseUntil: new Date(now.getTime() + STILL_PAUSED_MS),',
    replace: 'pauseUntil: now,',
    suites: ['test/integration/claims/deadlines'],
  },
  {
    name: 'claim-forgets-the-freelancers-own-pause',
    file: 'functions/src/domain/escalation/pauseChase.ts',
    find: 'pausedBefore: own ? null : ownPauseOf(state),',
    replace: 'pausedBefore: null,',
    suites: ['test/integration/claims/'],
  },
  {
    name: 'rate-of-the-wrong-half-year',
    file: 'functions/src/domain/interest/referenceDay.ts',
    find: 'const overdueFrom = dayAfter(dueDate, 1);',
    replace: 'const overdueFrom = dueDate;',
    suites: ['test/unit/interest/'],
  },
  {
    name: 'draft-with-contact-fields-allowed',
    file: 'firestore.rules',
    find: "return ['reference', 'freelancerId', 'clientId', 'clientName', 'amount',",
    replace: "return ['reference', 'freelancerId', 'clientId', 'clientName', 'clientEmail', 'amount',",
    suites: ['test/rules/rules'],
  },
  {
    name: 'debtor-with-an-unverified-address',
    file: 'firestore.rules',
    find: 'return request.auth.token.email_verified == true\n        && resource.data.clientEmail.lower()',
    replace: 'return true\n        && resource.data.clientEmail.lower()',
    suites: ['test/rules/rules'],
  },
];

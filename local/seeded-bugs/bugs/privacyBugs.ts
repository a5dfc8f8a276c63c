import { type SeededBug } from '../seededBug';

const PRIVACY = 'test/integration/privacy/';

/** Of exports, erasure, and what is kept how long. */
export const privacyBugs: readonly SeededBug[] = [
  {
    name: 'export-shows-the-servers-own-fields',
    file: 'functions/src/usecases/privacy/exportMyData.ts',
    find: 'entry.export.withholds ?? []',
    replace: '[]',
    suites: [`${PRIVACY}exporting`],
  },
  {
    name: 'page-begins-with-the-row-that-ended-the-last',
    file: 'functions/src/usecases/privacy/documentsOf.ts',
    find: 'limited.startAfter(last)',
    replace: 'limited.startAt(last)',
    suites: [`${PRIVACY}exporting`],
  },
  {
    name: 'erased-although-something-is-left',
    file: 'functions/src/usecases/account/eraseAccount.ts',
    find: 'if (await somethingIsLeft(deps, uid)) {',
    replace: "if (uid === '') {",
    suites: [`${PRIVACY}erasing`],
  },
  {
    name: 'open-invoice-loses-what-its-claim-needs',
    file: 'functions/src/usecases/privacy/isSettled.ts',
    find: "const OPEN: readonly unknown[] = ['sent', 'overdue', 'in_collections', 'disputed'];",
    replace: 'const OPEN: readonly unknown[] = [];',
    suites: [`${PRIVACY}debtorRights`],
  },
  {
    name: 'rights-for-an-unverified-address',
    file: 'functions/src/callable/answerCall.ts',
    find: "verified === true && typeof email === 'string'",
    replace: "typeof email === 'string'",
    suites: [`${PRIVACY}debtorRights`],
  },
  {
    name: 'debtor-sees-what-is-the-freelancers-alone',
    file: 'functions/src/usecases/privacy/accessOf.ts',
    find: '.filter(([field]) => fields.includes(field))',
    replace: ".filter(([field]) => fields.length > 0 && field !== '')",
    suites: [`${PRIVACY}debtorRights`],
  },
  {
    name: 'invoice-takes-the-ids-of-another',
    file: 'functions/src/domain/invoice/hasOwnIds.ts',
    find: 'return !TAKEN.test(invoiceId) && !isResendId(invoiceId);',
    replace: "return invoiceId !== '' || (!TAKEN.test(invoiceId) && !isResendId(invoiceId));",
    suites: ['test/integration/calls/takenIds'],
  },
  {
    name: 'erasure-leaves-what-still-waits',
    file: 'functions/src/usecases/privacy/eraseFromInvoice.ts',
    find: "if (kept > 0) return 'invoices_with_messages';",
    replace: '',
    suites: [`${PRIVACY}waitingRequests`],
  },
  {
    name: 'client-erased-once-only',
    file: 'functions/src/usecases/privacy/eraseDebtor.ts',
    find: '`client_erased_${now.getTime()}_${ref.id}`',
    replace: '`client_erased_${debtor.hashes.length}_${ref.id}`',
    suites: [`${PRIVACY}waitingRequests`],
  },
];

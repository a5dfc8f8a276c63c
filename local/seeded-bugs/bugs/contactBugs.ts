import { type SeededBug } from '../seededBug';

const CONTACT = 'test/integration/contact/';

/** Of sealed contact data, its keys, and the hashes by which it is found. */
export const contactBugs: readonly SeededBug[] = [
  {
    name: 'no-is-lost-when-the-hash-key-rotates',
    file: 'functions/src/usecases/recipientHashOf.ts',
    find: 'return [hash(first), ...others.map(hash)];',
    replace: 'return [hash(first), ...others.slice(0, 0).map(hash)];',
    suites: [`${CONTACT}rightsKeys`, `${CONTACT}sealed`],
  },
  {
    name: 'sealed-value-opens-in-another-place',
    file: 'functions/src/usecases/contact/openContact.ts',
    find: 'return `${path}/${field}`;',
    replace: "return path.slice(0, 0) + field.replace('client', '').toLowerCase();",
    suites: [`${CONTACT}sealed`],
  },
  {
    name: 'data-key-is-kept-for-ever',
    file: 'functions/src/usecases/contact/dataKeys.ts',
    find: 'if (known !== null && this.now() - known.at < KEPT_MS) return known;',
    replace: 'if (known !== null) return known;',
    suites: [`${CONTACT}dataKeys`],
  },
  {
    name: 'wrapped-key-opens-for-another-owner',
    file: 'functions/src/usecases/contact/dataKeys.ts',
    find: 'return `data_keys/${owner}/${version}`;',
    replace: 'return `data_keys/${owner.slice(0, 0)}/${version}`;',
    suites: [`${CONTACT}dataKeys`],
  },
  {
    name: 'stop-is-kept-with-its-number-once-that-is-final',
    file: 'functions/src/usecases/contact/filedUnder.ts',
    find: 'if (!reversible) return',
    replace: "if (!reversible && phone === '') return",
    suites: [`${CONTACT}migration`],
  },
  {
    name: 'clear-form-is-not-looked-for-while-it-may-be-there',
    file: 'functions/src/domain/contact/contactSetting.ts',
    find: 'looksForClear: !confirmed,',
    replace: 'looksForClear: !begun,',
    suites: ['test/unit/contact/contactSetting', `${CONTACT}rights`],
  },
  {
    name: 'debtor-sees-a-row-that-holds-anothers-address',
    file: 'functions/src/usecases/privacy/accessOf.ts',
    find: 'return canonical(address) === email ? { data, unreadable } : null;',
    replace: "return canonical(address) !== '' || email === '' ? { data, unreadable } : null;",
    suites: [`${CONTACT}rights`],
  },
  {
    name: 'hash-and-mask-outlive-erasure',
    file: 'functions/src/domain/contact/contactFieldsOf.ts',
    find: '[field, `${field}Hash`, `${field}Masked`]',
    replace: '[field]',
    suites: [`${CONTACT}rights`],
  },
  {
    name: 'data-key-outlives-its-account',
    file: 'functions/src/domain/privacy/data/serverData.ts',
    find: "erasure: { does: 'delete' },\n  },\n} as const",
    replace: "erasure: { does: 'survive', why: 'nobody has thought of it' },\n  },\n} as const",
    suites: [`${CONTACT}rightsKeys`],
  },
  {
    name: 'way-to-sign-in-outlives-its-account',
    file: 'functions/src/usecases/account/eraseAccount.ts',
    find: '  await deps.identity.remove(uid);',
    replace: "  if (uid === '') await deps.identity.remove(uid);",
    suites: ['test/integration/privacy/erasing'],
  },
  {
    name: 'request-holds-its-address-in-the-clear',
    file: 'functions/src/domain/privacy/debtorRights.ts',
    find: "email: pii('email', z.string().nullable()),",
    replace: 'email: plain(z.string().nullable()),',
    suites: [`${CONTACT}rights`],
  },
  {
    name: 'objection-waits-for-a-key',
    file: 'functions/src/usecases/privacy/takeDebtorRequest.ts',
    find: "if (request.kind === 'objection' && error instanceof TransientFailure)",
    replace: "if (request.kind === 'erasure' && request.email === '' && error instanceof TransientFailure)",
    suites: [`${CONTACT}rightsKeys`],
  },
  {
    name: 'undo-goes-on-from-a-stale-place',
    file: 'functions/src/usecases/admin/contactProgress.ts',
    find: 'known?.to === to && known.from?.getTime() === from?.getTime()',
    replace: 'known?.to === to',
    suites: [`${CONTACT}undone`],
  },
  {
    name: 'sealing-brings-back-deleted-bytes',
    file: 'functions/src/store/webhookPayload.ts',
    find: 'if (n < refs.length) unit.update(ref, chunk);',
    replace: 'if (n < refs.length) unit.put(ref, chunk);',
    suites: ['test/integration/failures/payloadsSealed'],
  },
];

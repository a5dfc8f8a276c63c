const NO_DOCUMENT =
  'the condition reads both the document before and the one after; at a create the first, at a delete the second is null, which refuses';

/** Mutants that answer every question as the rules do, `where: mutation`, each with the reason. */
export const equivalent: Readonly<Record<string, string>> = {
  'users: update → write': NO_DOCUMENT,
  'clients: update → write': NO_DOCUMENT,
  'invoices: update → write': NO_DOCUMENT,
  'notifications: update → write': NO_DOCUMENT,
  'invoices/private: create, update → write': 'at a delete the document after is null, which refuses',
  'onboarding_progress: create, update → write': 'at a delete the document after is null, which refuses',
};

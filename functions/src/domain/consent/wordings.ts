/**
 * What people were asked to agree to, word for word, by version. A version is never changed, only followed by a new
 * one: the audit row names the version, and this file says what it said.
 */
export const wordings = {
  collections: {
    'collections-2026-11':
      'I ask Recoup to send reminders about my unpaid invoices to my clients in my name, by e-mail and, where I allow it, by text message. I confirm that the invoices are mine, that the amounts are owed, and that I may pass on the contact details of my clients for this purpose.',
  },
  client: {
    'client-contact-2026-11':
      'I confirm that I may have this client contacted about invoices on this channel, and that what I state here as lawful basis and source is true.',
  },
  /** What the debtor is asked on the page behind the link in our e-mails; the words of each choice. */
  debtor: {
    'debtor-choice-2026-11':
      'Choose how you may be contacted about invoices of this business: by e-mail only; by text message only; by e-mail and by text message; neither by e-mail nor by text message; I object: contact me no more, about invoices of any business.',
  },
} as const;

export type WordingKind = keyof typeof wordings;

/** Whether there is such a version of the words. */
export function isWording(kind: WordingKind, version: string): boolean {
  return Object.hasOwn(wordings[kind], version);
}

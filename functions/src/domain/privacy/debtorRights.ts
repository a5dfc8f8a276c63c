import * as z from 'zod';
import { pii, plain } from '../contact/pii';
import { FORMAT_VERSION, recordSchema } from './exportFormat';

/** What a debtor may ask for, besides seeing what is held: art. 17 and art. 21 UK GDPR. */
export const debtorRequestKinds = ['erasure', 'objection'] as const;
export type DebtorRequestKind = (typeof debtorRequestKinds)[number];

/** `debtor_requests/{kind_hash}`: what is to be done for one address, until it is done. */
export const debtorRequestSchema = z.object({
  kind: z.enum(debtorRequestKinds),
  addressHash: plain(z.string()),
  /** Lower case, or sealed with nobody's key; null once it is done. */
  email: pii('email', z.string().nullable()),
  requestedAt: z.date(),
  /** When the job looks at it next; null once it is done. */
  dueAt: z.date().nullable(),
  doneAt: z.date().nullable(),
  /** Invoices that are still open: of these the contact data is kept. */
  openInvoices: z.int().default(0),
});

export type DebtorRequest = z.infer<typeof debtorRequestSchema>;

/** A page of what is held about an address. */
export const accessPageSchema = z.strictObject({
  kind: z.literal('access'),
  formatVersion: z.literal(FORMAT_VERSION),
  /** ISO. */
  generatedAt: z.iso.datetime(),
  email: z.string(),
  /** What the answer does not hold, and why; on the first page. */
  notes: z.array(z.string()),
  records: z.array(recordSchema),
  nextCursor: z.string().nullable(),
});

/** What becomes of an erasure or an objection. */
export const requestAnswerSchema = z.strictObject({
  kind: z.enum(debtorRequestKinds),
  /** `in_progress`: it goes on by itself. `waiting`: for open invoices; what could be done is done. */
  status: z.enum(['done', 'in_progress', 'waiting']),
  /** ISO. */
  requestedAt: z.iso.datetime(),
  /** Invoices that are still open and keep the contact data which the claim needs. */
  openInvoices: z.int().nonnegative(),
  /** What was done and what is kept, in plain words. */
  notes: z.array(z.string()),
});

export type AccessPage = z.infer<typeof accessPageSchema>;
export type RequestAnswer = z.infer<typeof requestAnswerSchema>;

export const accessNotes: readonly string[] = [
  'These are the records with your e-mail address that you may see, of every business that invoiced you through Recoup.',
  'Drafts and cancelled invoices are not shown.',
  'Answers by text message and opt-outs of a phone number are kept under that number, which a verified e-mail address does not prove to be yours.',
  'The business that invoiced you may hold more about you: ask it directly.',
];

const notesOf: Readonly<Record<DebtorRequestKind, readonly string[]>> = {
  objection: [
    "We send no more e-mails to this address and no more text messages about invoices that were sent to it, and the businesses that have it as a client's were told that you want no reminders by e-mail or text message.",
    'What is owed is not changed by this. The business may still contact you itself.',
  ],
  erasure: [
    'Your e-mail address and phone number are taken out of client records, payment messages and invoices that are settled.',
    'What was written to you is erased as well; a message that is still to be sent within a day of being done with.',
    'Invoices and payments themselves are kept, with your name and without your contact data, for as long as the law asks the business to keep its books: about six years.',
    'You can not see settled invoices here any more, for they are found by your address.',
    'That you want no messages stays on record, as a code that does not show your address.',
  ],
};

/** What is said of a request that stands like this. */
export function answerOf(request: DebtorRequest, now: Date): RequestAnswer {
  const { kind, requestedAt, dueAt, openInvoices } = request;
  const isOpen = openInvoices > 0;
  const waits = dueAt !== null && isOpen && dueAt > now;
  return {
    kind,
    status: dueAt === null ? 'done' : waits ? 'waiting' : 'in_progress',
    requestedAt: requestedAt.toISOString(),
    openInvoices,
    notes: [
      ...notesOf[kind],
      ...(isOpen
        ? [
            `${openInvoices} of your invoices ${openInvoices === 1 ? 'is' : 'are'} still open. A claim may be kept with what it needs, your contact data among it (UK GDPR, art. 17(3)(e)); it is erased within a day of the last one being settled.`,
          ]
        : []),
    ],
  };
}

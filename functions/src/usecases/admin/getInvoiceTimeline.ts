import { type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { type Caller } from '../../domain/caller';
import { claimIdOf, MOST_CLAIMS } from '../../domain/claims/paymentClaim';
import { escalationStateSchema } from '../../domain/invoice/escalationState';
import { invoiceSchema } from '../../domain/invoice/invoice';
import { inOrder, type TimelineEntry } from '../../domain/invoice/timelineEntry';
import { NotFoundError } from '../../platform/errors';
import { CLAIMS } from '../../store/claim';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type Deps } from '../deps';
import { asAdmin } from './asAdmin';
import { timelineEntriesOf } from './timelineEntriesOf';

/** An invoice's life as operators see it. Nobody's name or address is in it. */
export interface InvoiceTimeline {
  /** What it is now; minor units, instants ISO. */
  readonly invoice: {
    readonly id: string;
    readonly reference: string;
    readonly freelancerId: string;
    readonly status: string;
    readonly amount: number;
    readonly amountPaid: number;
    readonly amountRefunded: number;
    readonly currency: string;
    readonly dueDate: string | null;
    readonly nextActionAt: string | null;
    readonly level: string;
    readonly isPaused: boolean;
    readonly pauseReason: string | null;
    readonly closedReason: string | null;
    readonly escalationError: { readonly count: number; readonly code: string } | null;
  };
  /** The oldest first. */
  readonly entries: readonly TimelineEntry[];
  /** How many entries there are of each kind. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Firestore takes so many values for one `in`. */
const IN_AT_ONCE = 30;

/**
 * Everything that is known to have happened to an invoice, from its creation until it was paid: levels and pauses, each
 * message with each answer of the send gate, the providers' events, payments and claims. Events are kept for 30 days and
 * messages for 90 after they are done with: what is older is not there any more.
 *
 * @throws ForbiddenError, NotFoundError
 */
export function getInvoiceTimeline(
  deps: Deps,
  caller: Caller,
  { invoiceId }: { readonly invoiceId: string },
): Promise<InvoiceTimeline> {
  const { db } = deps;
  return asAdmin(deps, caller, { action: 'getInvoiceTimeline', target: invoiceId }, async () => {
    const claimRefs = Array.from({ length: MOST_CLAIMS }, (_one, n) =>
      collections.paymentClaim(db, claimIdOf(invoiceId, n + 1)),
    );
    const [[invoiceDoc, stateDoc, ...claims], chase, messages, payments, ofInvoice] = await Promise.all([
      db.getAll(collections.invoice(db, invoiceId), collections.escalationState(db, invoiceId), ...claimRefs),
      collections.timelineOfInvoice(db, invoiceId).get(),
      collections.messagesOfInvoice(db, invoiceId).get(),
      collections.transactionsOfInvoice(db, invoiceId).get(),
      collections.claimsAbout(db, CLAIMS, 'invoiceId', [invoiceId]).get(),
    ]);
    const invoice = decode(invoiceSchema, invoiceDoc);
    if (invoiceDoc === undefined || invoice === null) throw new NotFoundError('There is no such invoice.');
    const state = decode(escalationStateSchema, stateDoc);
    const ofMessages = await callbacksOf(
      deps,
      messages.docs.map(({ id }) => id),
    );
    const callbacks = new Map([...ofInvoice.docs, ...ofMessages].map((doc) => [doc.id, doc]));
    const entries = inOrder([
      ...timelineEntriesOf.invoice(invoiceDoc),
      ...chase.docs.flatMap(timelineEntriesOf.chase),
      ...messages.docs.flatMap(timelineEntriesOf.message),
      ...[...callbacks.values()].flatMap(timelineEntriesOf.callback),
      ...payments.docs.flatMap(timelineEntriesOf.payment),
      ...claims.flatMap(timelineEntriesOf.claim),
    ]);
    const counts: Record<string, number> = {};
    for (const { kind } of entries) counts[kind] = (counts[kind] ?? 0) + 1;
    const { reference, freelancerId, status, amount, amountPaid, amountRefunded, currency } = invoice;
    return {
      invoice: {
        id: invoiceId,
        reference,
        freelancerId,
        status,
        amount,
        amountPaid,
        amountRefunded,
        currency,
        dueDate: invoice.dueDate ?? null,
        nextActionAt: invoice.nextActionAt?.toISOString() ?? null,
        level: state?.currentLevel ?? invoice.escalationLevel ?? 'pending',
        isPaused: state?.isPaused ?? false,
        pauseReason: state?.pauseReason ?? null,
        closedReason: state?.closedReason ?? null,
        escalationError: invoice.escalationError ?? null,
      },
      entries,
      counts,
    };
  });
}

/** The providers' events about these messages. */
async function callbacksOf(
  { db }: Pick<Deps, 'db'>,
  messageIds: readonly string[],
): Promise<QueryDocumentSnapshot[]> {
  const found: QueryDocumentSnapshot[] = [];
  for (let n = 0; n < messageIds.length; n += IN_AT_ONCE) {
    const some = messageIds.slice(n, n + IN_AT_ONCE);
    found.push(...(await collections.claimsAbout(db, CLAIMS, 'outboxId', some).get()).docs);
  }
  return found;
}

import { type DocumentReference } from 'firebase-admin/firestore';
import { courtesyNote, type CourtesyNote } from '../../domain/courtesy/courtesyNote';
import { toDebtor } from '../../domain/invoice/toDebtor';
import { type EscalationState, initialEscalationState } from '../../domain/invoice/escalationState';
import { type InvoiceState } from '../../domain/payment/invoiceConsequences';
import { type OutboxItem } from '../../domain/messages/outboxItem';
import { outboxRowSchema } from '../../domain/messages/outboxRow';
import { crashPoint } from '../../platform/crashPoint';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { userSchema } from '../../store/userSchema';
import { type Deps } from '../deps';
import { invoiceStateOf } from '../invoiceStateOf';
import { moveOutboxItem } from '../moveOutboxItem';
import { queueMessage } from '../queueMessage';

export type CourtesyOutcome = 'before' | 'due' | 'not_wanted';

/**
 * Queues the courtesy note whose time it is, and marks it on the chase in the same commit: once for ever. The invoice is
 * read here and not written; whoever pays it meanwhile is heeded by the send gate.
 *
 * @throws PermanentFailure when a record does not fit its schema
 */
export function queueCourtesyNote(deps: Deps, invoiceId: string, now: Date): Promise<CourtesyOutcome> {
  const { db } = deps;
  const [before, due] = [
    collections.outbox(db, `courtesy_${invoiceId}_before`),
    collections.outbox(db, `courtesy_${invoiceId}_due`),
  ];
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(db);
    const state = await invoiceStateOf(db, unit, invoiceId);
    const note = state === null ? null : courtesyNote(state.invoice, state.escalation, now);
    if (state === null || note === null) return 'not_wanted';
    const { freelancerId } = state.invoice;
    const item = note === 'due' ? due : before;
    await unit.read(collections.user(db, freelancerId), before, item);
    const to = toDebtor(state.invoice, 'email');
    if (to === null || !chases(deps, unit, state)) return 'not_wanted';
    if (note === 'due') await withdraw(deps, unit, before);
    mark(deps, unit, state, note, now);
    if (!unit.snapshot(item).exists) queueMessage(deps, unit, messageOf(state, note, to), now);
    crashPoint('courtesy.before-commit');
    await unit.commit();
    crashPoint('courtesy.after-commit');
    return note;
  });
}

/** Whether the freelancer's debtors are written to at all: what the gate would refuse for certain is not queued. */
function chases(deps: Deps, unit: UnitOfWork, { invoice }: InvoiceState): boolean {
  const user = decode(userSchema, unit.snapshot(collections.user(deps.db, invoice.freelancerId)));
  if (user === null || (user.status != null && user.status !== 'active')) return false;
  return user.collectionsEnabled === true && invoice.collectionsEnabled !== false;
}

/** A first note that still waits says less than the second, and would take its place in the day's one message. */
async function withdraw(deps: Deps, unit: UnitOfWork, ref: DocumentReference): Promise<void> {
  const row = decode(outboxRowSchema, unit.snapshot(ref));
  if (row?.status === 'pending')
    await moveOutboxItem(deps, unit, ref, row, { status: 'cancelled', reason: 'stale' });
}

function mark(
  deps: Deps,
  unit: UnitOfWork,
  { id, invoice, escalation }: InvoiceState,
  note: CourtesyNote,
  now: Date,
): void {
  const fresh: EscalationState = initialEscalationState(invoice.freelancerId);
  unit.save(collections.escalationState(deps.db, id), {
    ...(escalation === null ? fresh : {}),
    courtesySent: [...(escalation?.courtesySent ?? []), note],
    updatedAt: now,
  });
}

function messageOf(
  { id, invoice }: InvoiceState,
  note: CourtesyNote,
  addressed: NonNullable<ReturnType<typeof toDebtor>>,
): OutboxItem {
  return {
    id: `courtesy_${id}_${note}`,
    channel: 'email',
    template: note === 'due' ? 'courtesy_due' : 'courtesy_before',
    invoiceId: id,
    freelancerId: invoice.freelancerId,
    ...addressed,
    params: null,
  };
}

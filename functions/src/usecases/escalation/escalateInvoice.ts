import { type DocumentReference, type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { type Changes } from '../../domain/changes';
import { isDocumentId } from '../../domain/documentId';
import { decide } from '../../domain/escalation/decideEscalation';
import { escalationChanges } from '../../domain/escalation/escalationChanges';
import { type InvoiceState } from '../../domain/payment/invoiceConsequences';
import { crashPoint } from '../../platform/crashPoint';
import { PermanentFailure } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { userSchema } from '../../store/userSchema';
import { type Deps } from '../deps';
import { gateFreelancerOf } from '../gate/gateFreelancerOf';
import { invoiceStateOf } from '../invoiceStateOf';
import { writeChanges } from '../writeChanges';
import { type EscalationSettings } from './escalationSettings';

/** Where an invoice is looked at: which page of which run, and when. */
export interface Look {
  readonly page: string;
  readonly now: Date;
  readonly settings: EscalationSettings;
}

/**
 * Takes the chase of one due invoice as far as it goes now: level, chase, timeline row, messages and the next moment to
 * look, in one commit. Invoice and chase must be as they were read; the freelancer, whom it only reads, can not change
 * before the commit. Whoever pays, pauses or looks first is thus seen, and a second look finds nothing due.
 *
 * Costs three reads, the query's one among them, and a write for each of invoice, chase, timeline and message.
 *
 * @returns `escalated`, the reason why there was no level, or `moved_on` when it was not due any more
 * @throws RecoupError when a document does not fit or the store can not be reached; nothing was written then
 */
export async function escalateInvoice(deps: Deps, found: QueryDocumentSnapshot, look: Look): Promise<string> {
  const { db } = deps;
  const { page, now } = look;
  return retryConflicts(deps.random, async (conflicts) => {
    const unit = new UnitOfWork(db);
    if (conflicts === 0) unit.know(found);
    const target = await invoiceStateOf(db, unit, found.id);
    if (target === null) return 'moved_on';
    const { invoice } = target;
    // The answer to our own commit may have been lost.
    if (invoice.escalationRun?.page === page) return invoice.escalationRun.outcome;
    if (invoice.nextActionAt == null || invoice.nextActionAt > now) return 'moved_on';
    if (!isDocumentId(invoice.freelancerId))
      throw new PermanentFailure('corrupt_document', 'The invoice belongs to nobody.');

    const user = collections.user(db, invoice.freelancerId);
    const outcome = await unit.commitWitnessing([user], () => {
      const changes = changesOf(unit, target, user, look);
      writeChanges(deps, unit, changes, now);
      unit.update(found.ref, { escalationRun: { page, outcome: changes.outcome } });
      crashPoint('escalate.before-commit');
      return changes.outcome;
    });
    crashPoint('escalate.after-commit');
    return outcome;
  });
}

function changesOf(
  unit: UnitOfWork,
  { id, invoice, escalation }: InvoiceState,
  user: DocumentReference,
  { now, settings }: Look,
): Changes {
  const account = gateFreelancerOf(unit, { user }, settings.plans, 'dunning', now);
  const freelancerEmail = decode(userSchema, unit.snapshot(user))?.email ?? null;
  const decision = decide(invoice, escalation, account, settings.policy.escalation, now);
  return escalationChanges({ id, invoice, state: escalation, freelancerEmail }, decision, now);
}

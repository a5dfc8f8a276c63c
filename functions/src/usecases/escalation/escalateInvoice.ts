import { type DocumentReference, type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { type Changes } from '../../domain/changes';
import { clientSchema } from '../../domain/client/client';
import { isDocumentId } from '../../domain/documentId';
import { decide } from '../../domain/escalation/decideEscalation';
import { escalationChanges } from '../../domain/escalation/escalationChanges';
import { NO_CLAIM, type NamedClaim } from '../../domain/escalation/levelReminder';
import { type PartPayment } from '../../domain/interest/simpleInterest';
import { statutoryClaim } from '../../domain/interest/statutoryClaim';
import { londonDay } from '../../domain/londonDay';
import { type InvoiceState } from '../../domain/payment/invoiceConsequences';
import { crashPoint } from '../../platform/crashPoint';
import { PermanentFailure } from '../../platform/errors';
import { log } from '../../platform/log';
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
import { partPaymentsOf } from './partPaymentsOf';

/** Where an invoice is looked at: which page of which run, and when. */
export interface Look {
  readonly page: string;
  readonly now: Date;
  readonly settings: EscalationSettings;
}

/**
 * Takes the chase of one due invoice as far as it goes now: level, chase, timeline row, messages and the next moment to
 * look, in one commit. Invoice and chase must be as they were read; freelancer and client, which it only reads, can not
 * change before the commit. Whoever pays, pauses or looks first is thus seen, and a second look finds nothing due.
 *
 * Costs four reads, the query's one among them, for an invoice without payments.
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

    const payments = await partPaymentsOf(db, unit, invoice);
    const user = collections.user(db, invoice.freelancerId);
    const client = isDocumentId(invoice.clientId) ? collections.client(db, invoice.clientId) : null;
    const outcome = await unit.commitWitnessing(client === null ? [user] : [user, client], () => {
      const changes = changesOf(unit, target, payments, { user, client }, look);
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
  payments: readonly PartPayment[],
  refs: { readonly user: DocumentReference; readonly client: DocumentReference | null },
  { now, settings }: Look,
): Changes {
  const user = decode(userSchema, unit.snapshot(refs.user));
  const account = gateFreelancerOf(unit, refs, settings.plans);
  const decision = decide(invoice, escalation, account, settings.policy.escalation, now);
  const level = decision.reached?.level;
  let claim: NamedClaim = NO_CLAIM;
  if (level === 'firm' || level === 'final') {
    const client = refs.client === null ? null : decode(clientSchema, unit.snapshot(refs.client));
    const kind = client?.debtorKind;
    const found = statutoryClaim(invoice, payments, kind, settings.bankRates, londonDay(now));
    claim = { ...found, chargesStatutory: user?.chargesStatutory === true };
    if (found.missingRate !== null) log.bankRateMissing({ invoiceId: id, reason: found.missingRate });
  }
  const freelancer =
    user === null
      ? null
      : { email: user.email ?? null, businessName: user.businessName ?? user.name ?? null };
  return escalationChanges({ id, invoice, state: escalation, freelancer, claim }, decision, now);
}

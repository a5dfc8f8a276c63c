import { type Caller } from '../../domain/caller';
import { DEFERRED_REASON, type Refusal } from '../../domain/gate/gateDecision';
import { type EscalationState, escalationStateSchema } from '../../domain/invoice/escalationState';
import { type Invoice, invoiceSchema } from '../../domain/invoice/invoice';
import { toDebtor } from '../../domain/invoice/toDebtor';
import { statusByDate } from '../../domain/invoice/settleInvoice';
import { manualTemplate } from '../../domain/messages/manualTemplate';
import { outboxRowSchema } from '../../domain/messages/outboxRow';
import { crashPoint } from '../../platform/crashPoint';
import { ConflictError, ForbiddenError, NotFoundError, QuotaExceededError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { openDebtor } from '../contact/addressOfItem';
import { type Deps } from '../deps';
import { GateCheck } from '../gate/gateCheck';
import { queueMessage } from '../queueMessage';
import { recipientHashesOf } from '../recipientHashOf';

/** `queued`: on its way. `deferred`: it goes at the next permitted time, of which no more is said. */
export type SmsAnswer =
  | { readonly status: 'queued'; readonly outboxId: string }
  | {
      readonly status: 'deferred';
      readonly outboxId: string;
      readonly notBefore: string;
      readonly reason: string;
    };

/**
 * Queues a reminder by text message that a freelancer asks for, if the send gate would let it go; the gate is asked
 * again when it is sent. Asked twice with one requestId, it is one message. What it counts for is counted here, in
 * the same commit: of many requests at once no more are let through than the quota has left.
 *
 * @throws NotFoundError, ForbiddenError (not the caller's, or the gate's "no" in its own words), ConflictError,
 *   QuotaExceededError
 */
export async function sendCollectionsSms(
  deps: Deps,
  caller: Caller,
  { invoiceId, requestId }: { readonly invoiceId: string; readonly requestId: string },
): Promise<SmsAnswer> {
  const { db } = deps;
  const outboxId = `sms_${caller.uid}_${requestId}`;
  const refs = {
    item: collections.outbox(db, outboxId),
    invoice: collections.invoice(db, invoiceId),
    chase: collections.escalationState(db, invoiceId),
  };
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(db);
    await unit.read(refs.item, refs.invoice, refs.chase);
    const earlier = decode(outboxRowSchema, unit.snapshot(refs.item));
    if (earlier !== null) {
      if (earlier.invoiceId !== invoiceId) throw new ConflictError('This requestId was used already.');
      return answer(outboxId, earlier.status === 'pending' ? (earlier.notBefore ?? null) : null);
    }
    const invoice = requireOverdue(decode(invoiceSchema, unit.snapshot(refs.invoice)), caller, deps);
    const to = await openDebtor(deps, invoiceId, invoice, 'sms');
    const addressed = toDebtor(invoice, 'sms');
    if (to === null || addressed === null)
      throw new ConflictError('The client has no number for text messages.');
    const chase: EscalationState | null = decode(escalationStateSchema, unit.snapshot(refs.chase));
    const now = deps.clock.now();
    const item = {
      template: manualTemplate(chase?.currentLevel ?? 'pending'),
      id: outboxId,
      channel: 'sms' as const,
      invoiceId,
      freelancerId: caller.uid,
      ...addressed,
      params: null,
    };
    const gate = await GateCheck.prepare(
      deps,
      unit,
      {
        id: outboxId,
        class: 'dunning',
        channel: 'sms',
        level: null,
        createdAt: now,
        invoiceId,
        freelancerId: caller.uid,
        address: to,
        hashes: recipientHashesOf(deps, 'sms', to),
      },
      now,
    );
    const notBefore = await unit.commitWitnessing(gate.witnesses, () => {
      const decision = gate.decide();
      if (decision.kind === 'refuse') throw refusalError(decision);
      gate.guardChase();
      if (decision.kind === 'defer') {
        queueMessage(deps, unit, { ...item, notBefore: decision.notBefore }, now);
        return decision.notBefore;
      }
      queueMessage(deps, unit, { ...item, ...gate.count(decision) }, now);
      crashPoint('send-sms.before-commit');
      return null;
    });
    crashPoint('send-sms.after-commit');
    return answer(outboxId, notBefore);
  });
}

function requireOverdue(invoice: Invoice | null, caller: Caller, { clock }: Pick<Deps, 'clock'>): Invoice {
  if (invoice === null) throw new NotFoundError('There is no such invoice.');
  if (invoice.freelancerId !== caller.uid) throw new ForbiddenError('This invoice is not yours.');
  // The job that notes it may not have come by yet. Other statuses are the gate's business.
  if (
    invoice.status === 'draft' ||
    (invoice.status === 'sent' && statusByDate(invoice, clock.now()) === 'sent')
  )
    throw new ConflictError('This invoice is not overdue.');
  return invoice;
}

function refusalError(refusal: Refusal): Error {
  const { quota } = refusal;
  return quota === undefined
    ? new ForbiddenError(refusal.text)
    : new QuotaExceededError(refusal.text, { ...quota, resetsAt: quota.resetsAt.toISOString() });
}

function answer(outboxId: string, notBefore: Date | null): SmsAnswer {
  return notBefore === null
    ? { status: 'queued', outboxId }
    : { status: 'deferred', outboxId, notBefore: notBefore.toISOString(), reason: DEFERRED_REASON };
}

import { decideSend, type SendDecision } from '../../domain/invoice/decideSend';
import { invoiceSchema } from '../../domain/invoice/invoice';
import {
  decidePeriod,
  draftOf,
  invoiceReference,
  recurringInvoiceId,
} from '../../domain/recurring/decidePeriod';
import { invoiceSequenceSchema, recurringInvoiceSchema } from '../../domain/recurring/recurringInvoice';
import { crashPoint } from '../../platform/crashPoint';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { userSchema } from '../../store/userSchema';
import { contactFields } from '../contact/contactFields';
import { type Deps } from '../deps';
import { freelancerOf } from '../freelancerOf';
import { ownClient } from '../ownClient';
import { startChase } from '../startChase';

export type PeriodOutcome =
  | 'nothing_due'
  | 'completed'
  /** Suspended, or gone: the period waits. */
  | 'account_inactive'
  /** Made before: the template was set back by hand. */
  | 'made_before'
  | 'drafted'
  | 'sent'
  /** Was to be sent and can not be: it is a draft, and its freelancer is told why. */
  | 'not_sendable';

/**
 * Makes the invoice of the next period of a recurring invoice, if it has begun. Invoice, number, history and the
 * template's next date are one commit: no number is taken twice, and none is lost.
 *
 * @throws PermanentFailure when a record does not fit its schema
 */
export function makePeriod(deps: Deps, templateId: string, now: Date): Promise<PeriodOutcome> {
  const { db } = deps;
  const templateRef = collections.recurringInvoice(db, templateId);
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(db);
    await unit.read(templateRef);
    const template = decode(recurringInvoiceSchema, unit.snapshot(templateRef));
    const period = template === null ? null : decidePeriod(template, now);
    if (template === null || period === null || period.kind === 'nothing_due') return 'nothing_due';
    if (period.kind === 'complete') {
      unit.update(templateRef, { status: 'completed', updatedAt: now });
      await unit.commit();
      return 'completed';
    }
    const { periodStart, periodEnd, next } = period;
    const { freelancerId } = template;
    const invoiceId = recurringInvoiceId(templateId, periodStart);
    const historyRef = collections.recurringHistory(db, invoiceId);
    const sequenceRef = collections.invoiceSequence(db, freelancerId);
    const invoiceRef = collections.invoice(db, invoiceId);
    const userRef = collections.user(db, freelancerId);
    await unit.read(historyRef, sequenceRef, invoiceRef, userRef);
    const user = decode(userSchema, unit.snapshot(userRef));
    if (user === null || (user.status != null && user.status !== 'active')) return 'account_inactive';
    unit.update(templateRef, { ...next, updatedAt: now });
    // A draft may be deleted, so that it is the history which says for ever that there was one.
    if (unit.snapshot(historyRef).exists || unit.snapshot(invoiceRef).exists) {
      await unit.commit();
      return 'made_before';
    }
    const number = (decode(invoiceSequenceSchema, unit.snapshot(sequenceRef))?.last ?? 0) + 1;
    const draft = draftOf(template, invoiceReference(number), now);
    const sending = template.autoSend ? await askToSend(deps, unit, invoiceId, draft, now) : null;
    const place = { ref: invoiceRef, schema: invoiceSchema, owner: freelancerId };
    unit.create(invoiceRef, {
      ...draft,
      items: template.items,
      recurringInvoiceId: templateId,
      periodStart,
      periodEnd,
      createdAt: now,
      updatedAt: now,
      ...(sending?.kind === 'send' ? await contactFields(deps, place, sending.fields) : {}),
    });
    if (sending?.kind === 'send') startChase(deps, unit, sending.message, null, now);
    unit.save(sequenceRef, { freelancerId, last: number, updatedAt: now });
    unit.update(templateRef, { invoicesMade: template.invoicesMade + 1 });
    unit.create(historyRef, {
      freelancerId,
      recurringInvoiceId: templateId,
      invoiceId,
      reference: draft.reference,
      periodStart,
      periodEnd,
      generatedAt: now,
    });
    unit.create(collections.notification(db, `recurring_${invoiceId}`), {
      freelancerId,
      ...wordsOf(draft.reference, sending),
      read: false,
      createdAt: now,
    });
    crashPoint('recurring.before-commit');
    await unit.commit();
    crashPoint('recurring.after-commit');
    if (sending === null) return 'drafted';
    return sending.kind === 'send' ? 'sent' : 'not_sendable';
  });
}

async function askToSend(
  deps: Deps,
  unit: UnitOfWork,
  invoiceId: string,
  draft: ReturnType<typeof draftOf>,
  now: Date,
): Promise<SendDecision> {
  const freelancer = await freelancerOf(deps.db, unit, draft.freelancerId);
  if (freelancer === null) return { kind: 'refused', reason: 'Finish your profile first.' };
  const client = await ownClient(deps, unit, draft.freelancerId, draft.clientId);
  return decideSend(invoiceId, draft, client, freelancer, now);
}

function wordsOf(reference: string, sending: SendDecision | null) {
  if (sending?.kind === 'send') {
    return {
      type: 'recurring_invoice_sent',
      title: 'A recurring invoice was sent',
      message: `Invoice ${reference} was made and sent.`,
    };
  }
  const reason = sending?.kind === 'refused' ? ` It was not sent: ${sending.reason}` : '';
  return {
    type: 'recurring_invoice_drafted',
    title: 'A recurring invoice is ready',
    message: `Invoice ${reference} was made as a draft.${reason}`,
  };
}

import { type Changes, type TimelineRow } from '../changes';
import { formatMoney } from '../money/formatMoney';
import { amountLeft } from '../invoice/amountLeft';
import { toDebtor } from '../invoice/toDebtor';
import { type Invoice } from '../invoice/invoice';
import { dunningItemId } from '../messages/dunningItemId';
import { type OutboxItem } from '../messages/outboxItem';
import { type EscalationState } from '../invoice/escalationState';
import { type EscalationDecision } from './decideEscalation';
import { type ActiveLevel } from './levelMoments';
import { resumeChase } from './resumeChase';

/** An invoice whose chase was decided on, as it was read. */
export interface Escalated {
  readonly id: string;
  readonly invoice: Invoice;
  readonly state: EscalationState | null;
  readonly freelancerEmail: string | null;
}

/**
 * A decision of the chase as what is written: level, chase, timeline row and messages, in one commit. An `outcome` of
 * `escalated`, or the reason why there was no level.
 */
export function escalationChanges(target: Escalated, decision: EscalationDecision, now: Date): Changes {
  const { id, invoice, state } = target;
  const { reached } = decision;
  const items = reached === null ? [] : itemsOf(target, reached);
  const dunning = items.filter(({ level }) => level != null).map((item) => item.id);
  const after =
    decision.state === null
      ? null
      : { ...decision.state, pendingOutbox: [...decision.state.pendingOutbox, ...dunning] };
  return {
    outcome: reached === null ? (decision.reason ?? 'unchanged') : 'escalated',
    invoice: {
      id,
      fields: {
        nextActionAt: decision.nextActionAt,
        ...(decision.status === invoice.status ? {} : { status: decision.status }),
        ...(reached === null ? {} : { escalationLevel: reached.level }),
        ...(invoice.escalationError == null ? {} : { escalationError: null }),
      },
    },
    ...(after === null || (reached === null && !decision.resumed)
      ? {}
      : { escalation: { invoiceId: id, value: after } }),
    timeline: [
      ...(decision.resumed && state !== null ? [resumeChase(id, state, 'The pause is over.', now).row] : []),
      ...(reached === null ? [] : [escalatedRow(id, invoice, reached)]),
    ],
    ...(reached?.level === 'agency' ? { notifications: [offerOf(target)] } : {}),
    outbox: items,
  };
}

function itemsOf(
  { id, invoice, freelancerEmail }: Escalated,
  { level, channels }: NonNullable<EscalationDecision['reached']>,
): OutboxItem[] {
  const common = { invoiceId: id, freelancerId: invoice.freelancerId };
  if (level === 'agency') {
    const to = freelancerEmail ?? '';
    if (to === '' || invoice.dueDate == null) return [];
    const { reference, currency, dueDate, clientName = null } = invoice;
    const params = { clientName, reference, amount: amountLeft(invoice), currency, dueDate };
    return [{ ...common, id: `agency_offer_${id}`, channel: 'email', template: 'agency_offer', to, params }];
  }
  return channels.map((channel) => ({
    ...common,
    id: dunningItemId(id, level, channel),
    channel,
    template: level,
    level,
    ...(toDebtor(invoice, channel) ?? { to: '' }),
    params: null,
  }));
}

const TOLD: Record<ActiveLevel, string> = {
  gentle: 'A friendly reminder was scheduled.',
  firm: 'A firm reminder was scheduled.',
  final: 'The final notice was scheduled.',
  agency: 'Our reminders have ended; you can hand the invoice over to an agency.',
};

function escalatedRow(
  id: string,
  invoice: Invoice,
  { level, skipped }: NonNullable<EscalationDecision['reached']>,
): TimelineRow {
  return {
    id: `${id}_${level}`,
    invoiceId: id,
    freelancerId: invoice.freelancerId,
    level,
    eventType: 'escalated',
    message: TOLD[level],
    skipped,
  };
}

function offerOf({ id, invoice }: Escalated): NonNullable<Changes['notifications']>[number] {
  const amount = formatMoney(amountLeft(invoice), invoice.currency);
  return {
    id: `agency_offer_${id}`,
    freelancerId: invoice.freelancerId,
    type: 'agency_offer',
    title: 'Our reminders have ended',
    message: `${amount} of invoice ${invoice.reference} is still unpaid. You can hand it over to a collection agency; nothing is handed over unless you ask for it.`,
  };
}

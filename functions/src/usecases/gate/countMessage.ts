import { type GateDecision } from '../../domain/gate/gateDecision';
import { isMostOfQuota } from '../../domain/gate/isMostOfQuota';
import { londonMonth } from '../../domain/londonDay';
import { recipientSchema } from '../../domain/messages/recipient';
import { usageMarkerSchema, usageSchema } from '../../domain/usage/usageMarker';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { type GateMessage, type GateRefs } from './gateRefs';
import { tellQuota } from './tellQuota';

/** Longer than the widest frequency cap looks back. */
const REMEMBERED_MS = 8 * 24 * 60 * 60 * 1000;

/**
 * Adds to the unit what a message that passes the gate counts for: the recipient's frequency, the month's quota. Each
 * under the message's own id, so that a message that passes twice counts once.
 *
 * @returns the month in whose quota its invoice is, if it is in one
 */
export function countMessage(
  deps: Pick<Deps, 'db' | 'config'>,
  unit: UnitOfWork,
  refs: GateRefs,
  message: GateMessage,
  decision: GateDecision & { kind: 'pass' },
  now: Date,
): { readonly quotaMonth: string | null } {
  if (decision.countsSend) countSend(unit, refs, message.id, now);
  return { quotaMonth: decision.countsQuota ? countInvoice(deps, unit, refs, message, decision, now) : null };
}

function countSend(unit: UnitOfWork, refs: GateRefs, id: string, now: Date): void {
  const known = decode(recipientSchema, unit.snapshot(refs.recipient));
  const recent = Object.entries(known?.sends ?? {}).filter(
    ([, sent]) => now.getTime() - sent.getTime() < REMEMBERED_MS,
  );
  unit.save(refs.recipient, { sends: { ...Object.fromEntries(recent), [id]: now }, updatedAt: now });
}

function countInvoice(
  deps: Pick<Deps, 'db' | 'config'>,
  unit: UnitOfWork,
  refs: GateRefs,
  message: GateMessage,
  decision: GateDecision & { kind: 'pass' },
  now: Date,
): string | null {
  if (refs.usage === null || refs.marker === null) return null;
  const month = londonMonth(now);
  const { freelancerId } = message;
  const marker = decode(usageMarkerSchema, unit.snapshot(refs.marker));
  const items = { ...marker?.items, [message.id]: 'open' };
  unit.save(refs.marker, { freelancerId, month, counted: true, items, updatedAt: now });
  if (marker?.counted !== true) {
    const usage = decode(usageSchema, unit.snapshot(refs.usage));
    const used = (usage?.counters['chasedInvoices'] ?? 0) + 1;
    const limit = decision.quotaLimit;
    const isNews = usage?.quotaToldAt == null && isMostOfQuota(used, limit);
    unit.save(refs.usage, {
      freelancerId,
      month,
      counters: { ...usage?.counters, chasedInvoices: used },
      limits: { chasedInvoices: limit },
      ...(isNews ? { quotaToldAt: now } : {}),
      updatedAt: now,
    });
    if (isNews) tellQuota(deps, unit, refs, { used, limit, month }, now);
  }
  return month;
}

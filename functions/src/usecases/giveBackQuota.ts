import { FieldValue } from 'firebase-admin/firestore';
import { type OutboxRow } from '../domain/messages/outboxRow';
import { usageMarkerSchema } from '../domain/usage/usageMarker';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';

/**
 * Notes that an item which was counted did not go out. When that holds for every item of its invoice in that month,
 * the invoice is taken out of the month's count again. A message whose fate is unknown keeps its place.
 */
export async function giveBackQuota(
  deps: Pick<Deps, 'db' | 'clock'>,
  unit: UnitOfWork,
  outboxId: string,
  row: OutboxRow,
): Promise<void> {
  const { freelancerId, invoiceId, quotaMonth } = row;
  if (freelancerId === null || invoiceId === null || quotaMonth == null) return;
  const markerRef = collections.usageMarker(deps.db, freelancerId, quotaMonth, invoiceId);
  const usageRef = collections.usage(deps.db, freelancerId, quotaMonth);
  await unit.read(markerRef, usageRef);
  const marker = decode(usageMarkerSchema, unit.snapshot(markerRef));
  if (marker?.items[outboxId] !== 'open') return;
  const items = { ...marker.items, [outboxId]: 'void' as const };
  const lastOne = marker.counted && Object.values(items).every((state) => state === 'void');
  const now = deps.clock.now();
  unit.update(markerRef, { items, ...(lastOne ? { counted: false } : {}), updatedAt: now });
  if (lastOne) {
    unit.update(usageRef, { 'counters.chasedInvoices': FieldValue.increment(-1), updatedAt: now });
  }
}

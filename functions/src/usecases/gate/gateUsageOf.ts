import { type GateUsage } from '../../domain/gate/gateInput';
import { startOfNextLondonMonth } from '../../domain/londonDay';
import { usageMarkerSchema, usageSchema } from '../../domain/usage/usageMarker';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type GateRefs } from './gateRefs';

/** What is used of the month's quota; null for what is not counted. */
export function gateUsageOf(
  unit: UnitOfWork,
  refs: Pick<GateRefs, 'usage' | 'marker'>,
  now: Date,
): GateUsage | null {
  if (refs.usage === null || refs.marker === null) return null;
  const usage = decode(usageSchema, unit.snapshot(refs.usage));
  const marker = decode(usageMarkerSchema, unit.snapshot(refs.marker));
  return {
    used: usage?.counters['chasedInvoices'] ?? 0,
    counted: marker?.counted === true,
    resetsAt: startOfNextLondonMonth(now),
  };
}

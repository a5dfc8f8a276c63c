import { decideReport } from '../domain/messages/decideReport';
import { type DeliveryReport } from '../domain/messages/deliveryReport';
import { type OutboxRow, outboxRowSchema } from '../domain/messages/outboxRow';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { moveOutboxItem } from './moveOutboxItem';

export interface AppliedReport {
  readonly outcome: 'applied' | 'unchanged' | 'unknown_item';
  /** The item as it was before; null when there is no such item. */
  readonly row: OutboxRow | null;
}

/**
 * Adds what a provider tells of a message to the unit of work. A status never goes backwards: late, repeated and
 * reordered reports end in the same state. A report may come before the provider's own answer was stored, for it
 * carries our id.
 */
export async function applyDeliveryReport(
  deps: Pick<Deps, 'db' | 'clock'>,
  unit: UnitOfWork,
  outboxId: string,
  report: DeliveryReport,
): Promise<AppliedReport> {
  const ref = collections.outbox(deps.db, outboxId);
  await unit.read(ref);
  const row = decode(outboxRowSchema, unit.snapshot(ref));
  if (row === null) return { outcome: 'unknown_item', row };
  const move = decideReport(row, report);
  if (move === null) return { outcome: 'unchanged', row };
  await moveOutboxItem(deps, unit, ref, row, move);
  return { outcome: 'applied', row };
}

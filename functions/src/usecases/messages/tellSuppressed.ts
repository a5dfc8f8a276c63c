import { type Refusal } from '../../domain/gate/gateDecision';
import { type OutboxRow } from '../../domain/messages/outboxRow';
import { collections } from '../../store/collections';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';

/**
 * Adds to the unit that the freelancer is told when a "no" kept a message from his client: he believes that it was
 * sent. What nobody wants any more, or was only polite, goes without a word.
 */
export function tellSuppressed(
  deps: Pick<Deps, 'db' | 'clock'>,
  unit: UnitOfWork,
  outboxId: string,
  row: OutboxRow,
  refusal: Refusal,
): void {
  const { freelancerId } = row;
  const isAwaited = row.class === 'dunning' || row.class === 'debtor_service';
  if (!isAwaited || freelancerId === null || refusal.status !== 'suppressed') return;
  unit.create(collections.notification(deps.db, `message_suppressed_${outboxId}`), {
    freelancerId,
    invoiceId: row.invoiceId,
    type: 'message_suppressed',
    title: 'A message to your client was not sent',
    message: refusal.text,
    read: false,
    createdAt: deps.clock.now(),
  });
}

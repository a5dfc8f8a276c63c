import { type EscalationState, initialEscalationState } from '../domain/invoice/escalationState';
import { type OutboxItem } from '../domain/messages/outboxItem';
import { collections } from '../store/collections';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { queueMessage } from './queueMessage';

/** What sending an invoice does besides the invoice itself: its message is queued, and its chase stands at the start. */
export function startChase(
  deps: Pick<Deps, 'db' | 'config'>,
  unit: UnitOfWork,
  message: OutboxItem & { readonly invoiceId: string; readonly freelancerId: string },
  escalation: EscalationState | null,
  now: Date,
): void {
  const { invoiceId, freelancerId } = message;
  if (escalation === null) {
    unit.create(collections.escalationState(deps.db, invoiceId), {
      ...initialEscalationState(freelancerId),
      updatedAt: now,
    });
  }
  queueMessage(deps, unit, message, now);
}

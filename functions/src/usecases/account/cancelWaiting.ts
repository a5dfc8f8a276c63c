import { type DocumentReference } from 'firebase-admin/firestore';
import { outboxRowSchema } from '../../domain/messages/outboxRow';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { moveOutboxItem } from '../moveOutboxItem';

/** Cancels one message of an account that is being closed; the word to its debtors that it is goes out. */
export function cancelWaiting(
  deps: Deps,
  ref: DocumentReference,
): Promise<'messages_cancelled' | 'messages_kept'> {
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    const row = decode(outboxRowSchema, unit.snapshot(ref));
    if (row?.status !== 'pending' || row.template === 'reminders_stopped') return 'messages_kept';
    await moveOutboxItem(deps, unit, ref, row, { status: 'cancelled', reason: 'account_closed' });
    await unit.commit();
    return 'messages_cancelled';
  });
}

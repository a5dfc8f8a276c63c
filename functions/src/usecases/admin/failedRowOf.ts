import { type FailedWebhook, failedWebhookSchema } from '../../domain/webhooks/failedWebhook';
import { ConflictError, NotFoundError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';

/**
 * The record of a failed event that a person wants to do something about, as this unit of work read it.
 *
 * @throws NotFoundError; ConflictError when there is nothing to be done about it, or somebody is at work on it
 */
export async function failedRowOf(
  { db }: Pick<Deps, 'db'>,
  unit: UnitOfWork,
  key: string,
): Promise<FailedWebhook> {
  const ref = collections.failedWebhook(db, key);
  await unit.read(ref);
  const row = decode(failedWebhookSchema, unit.snapshot(ref));
  if (row === null) throw new NotFoundError('There is no such failed event.');
  if (row.status === 'resolved') throw new ConflictError('This event was applied.');
  const isLeased = row.status === 'retrying' && row.leaseUntil != null && row.leaseUntil > unit.readTime;
  if (isLeased) throw new ConflictError('This event is being tried at this moment.');
  return row;
}

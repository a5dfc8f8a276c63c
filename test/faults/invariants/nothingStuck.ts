import { type Books } from './books';

/** No event is lost or waits for ever, no message either, and nobody holds anything any more. */
export function nothingStuck(books: Books): string[] {
  const wrong: string[] = [];
  for (const [id, row] of books.in('failed_webhooks')) {
    if (row['status'] !== 'resolved')
      wrong.push(`failed_webhooks/${id} is ${String(row['status'])} (${JSON.stringify(row['lastError'])})`);
    else if (!books.has(`processed_events/${id}`))
      wrong.push(`failed_webhooks/${id} is resolved without a claim`);
  }
  for (const [id, row] of books.in('outbox')) {
    const { status, expiresAt, leaseUntil } = row;
    const isOver = expiresAt instanceof Date && leaseUntil === null;
    if (!isOver) wrong.push(`outbox/${id} is ${String(status)} and not over (${String(row['reason'])})`);
  }
  for (const [id, row] of books.in('cron_runs'))
    if (row['finishedAt'] === null) wrong.push(`cron_runs/${id} is not finished (${String(row['outcome'])})`);
  for (const [id, row] of books.in('cron_leases'))
    if (row['owner'] !== null) wrong.push(`cron_leases/${id} is held by ${String(row['owner'])}`);
  for (const [id, row] of books.in('checkout_expiries'))
    if (row['status'] !== 'done') wrong.push(`checkout_expiries/${id} is ${String(row['status'])}`);
  return wrong;
}

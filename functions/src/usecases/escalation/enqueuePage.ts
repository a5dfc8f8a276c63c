import { createHash } from 'node:crypto';
import { log } from '../../platform/log';
import { type Deps } from '../deps';
import { type EscalationPage } from './escalationPage';

/**
 * Hands a page to the queue, once for each page of a run: a run that was interrupted and goes on finds it there. That is
 * an attempt and no promise. When it fails the run itself goes on, and whatever gets lost is due in the next run.
 */
export async function enqueuePage(deps: Pick<Deps, 'queues'>, page: EscalationPage): Promise<boolean> {
  const { runId, token, after, now } = page;
  const id = createHash('sha256').update(`${runId} ${page.page}`).digest('hex');
  try {
    await deps.queues.enqueue('escalatePage', id, {
      runId,
      token: String(token),
      page: String(page.page),
      after: after ?? '',
      now: now.toISOString(),
    });
    return true;
  } catch (cause) {
    log.pageNotEnqueued({ runId, cause });
    return false;
  }
}

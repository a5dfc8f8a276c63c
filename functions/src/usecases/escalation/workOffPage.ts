import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { isConflict } from '../../store/isConflict';
import { type Deps } from '../deps';
import { RUN_RETENTION_MS } from '../runLeasedJob';
import { escalatePage } from './escalatePage';
import { type EscalationPage } from './escalationPage';

/**
 * Does one page from the queue, with those after it where the queue can not take them. Its counts are created and never
 * changed: a page that comes twice is done once.
 *
 * @param resumed the queue has tried before
 */
export async function workOffPage(deps: Deps, first: EscalationPage, resumed: boolean): Promise<void> {
  let page: EscalationPage | null = first;
  while (page !== null) {
    const { runId, token } = page;
    const ref = collections.cronRunPage(deps.db, runId, page.page);
    if ((await ref.get()).exists) return;
    const { counts, next } = await escalatePage(deps, page, { resumed, stop: () => false });
    const finishedAt = deps.clock.now();
    const expiresAt = new Date(finishedAt.getTime() + RUN_RETENTION_MS);
    await ref.create({ token, counts, finishedAt, expiresAt }).catch((error: unknown) => {
      if (!isConflict(error)) throw error;
    });
    log.pageFinished({ runId, token, counts });
    page = next;
  }
}

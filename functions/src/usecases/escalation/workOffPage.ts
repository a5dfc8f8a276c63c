import * as z from 'zod';
import { TransientFailure } from '../../platform/errors';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { isConflict } from '../../store/isConflict';
import { type Deps } from '../deps';
import { RUN_RETENTION_MS } from '../runLeasedJob';
import { escalatePage } from './escalatePage';
import { type EscalationPage } from './escalationPage';

/** Leaves room before the worker's own time-out of 540 s. */
const BUDGET_MS = 480_000;

/** `cron_runs/{run}/pages/{n}`: what a page that is done says of the one after it. */
const donePageSchema = z.object({
  next: z.object({ page: z.int(), after: z.string().nullable() }).nullish(),
});

/**
 * Does one page from the queue, with those after it where the queue can not take them. Its counts are created and never
 * changed: a page that comes twice is done once, and leads on to those that it had not handed over.
 *
 * @throws TransientFailure `time_used_up` when the rest is for another try
 */
export async function workOffPage(deps: Deps, first: EscalationPage): Promise<void> {
  const { db, clock } = deps;
  const deadline = clock.now().getTime() + BUDGET_MS;
  const stop = (): boolean => clock.now().getTime() >= deadline;
  let page: EscalationPage | null = first;
  while (page !== null) {
    const { runId, token } = page;
    const ref = collections.cronRunPage(db, runId, page.page);
    const done = decode(donePageSchema, await ref.get());
    if (done !== null) {
      page = done.next == null ? null : { ...page, ...done.next };
      continue;
    }
    const { counts, stopped, next } = await escalatePage(deps, page, stop);
    if (stopped) throw new TransientFailure('time_used_up', 'The page takes longer than one try.');
    const finishedAt = clock.now();
    const expiresAt = new Date(finishedAt.getTime() + RUN_RETENTION_MS);
    const goesOn = next === null ? null : { page: next.page, after: next.after };
    await ref.create({ token, counts, next: goesOn, finishedAt, expiresAt }).catch((error: unknown) => {
      if (!isConflict(error)) throw error;
    });
    log.pageFinished({ runId, token, counts });
    page = next;
  }
}

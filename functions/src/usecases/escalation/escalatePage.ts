import { type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { atOnce } from '../../platform/atOnce';
import { asRecoupError } from '../../platform/errors';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { type Counts } from '../runLeasedJob';
import { dueCursor, readDueCursor } from './dueCursor';
import { enqueuePage } from './enqueuePage';
import { escalateInvoice, type Look } from './escalateInvoice';
import { type EscalationPage } from './escalationPage';
import { escalationSettings } from './escalationSettings';
import { recordEscalationError } from './recordEscalationError';

/** Invoices in one page. */
const PAGE = 100;
const AT_ONCE = 8;

export interface PageResult {
  readonly counts: Counts;
  /** Stopped before its end. */
  readonly stopped: boolean;
  /** The next page, unless there is none or the queue has it. */
  readonly next: EscalationPage | null;
}

/**
 * Looks at one page of due invoices. Where there is more, the next page is handed to the queue first, so that pages are
 * worked on side by side, each invoice found by one query. One that fails is noted and does not hold up the others.
 *
 * @param resumed part of it may have been done before: then what this page has come to is counted from the invoices
 * @throws when the store can not be reached or the settings do not fit
 */
export async function escalatePage(
  deps: Deps,
  page: EscalationPage,
  { resumed, stop }: { readonly resumed: boolean; readonly stop: () => boolean },
): Promise<PageResult> {
  const query = collections.dueInvoices(deps.db, page.now).limit(PAGE);
  const { docs } = await (page.after === null ? query : query.startAfter(...readDueCursor(page.after))).get();
  const last = docs.at(-1);
  const next =
    last === undefined || docs.length < PAGE
      ? null
      : { ...page, page: page.page + 1, after: dueCursor(last) };
  const handedOver = next !== null && (await enqueuePage(deps, next));

  const counts: Counts = {};
  let done = 0;
  if (docs.length > 0) {
    const look = { page: pageName(page), now: page.now, settings: await escalationSettings(deps) };
    await atOnce(AT_ONCE, docs, async (found) => {
      if (stop()) return;
      add(counts, await lookAt(deps, found, look));
      done += 1;
    });
  }
  const stopped = done < docs.length;
  return {
    counts: resumed && !stopped ? await countedOf(deps, page) : counts,
    stopped,
    next: handedOver ? null : next,
  };
}

async function lookAt(deps: Deps, found: QueryDocumentSnapshot, look: Look): Promise<string> {
  try {
    return await escalateInvoice(deps, found, look);
  } catch (error) {
    return recordEscalationError(found.ref, error, look).then(
      () => 'error',
      (cause: unknown) => {
        // Still due: the next run finds it.
        log.escalationFailed({ invoiceId: found.id, code: asRecoupError(error).code, attempts: 0, cause });
        return 'left';
      },
    );
  }
}

function pageName({ runId, page }: EscalationPage): string {
  return `${runId}#${page}`;
}

/** Of an interrupted page nobody has counted what was done; each invoice says so itself. */
async function countedOf({ db }: Deps, page: EscalationPage): Promise<Counts> {
  const counts: Counts = {};
  const { docs } = await collections.invoicesOfPage(db, pageName(page)).select('escalationRun.outcome').get();
  for (const doc of docs) add(counts, String(doc.get('escalationRun.outcome')));
  return counts;
}

function add(counts: Counts, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}

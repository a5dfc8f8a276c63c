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

/** What an invoice that says nothing of this page was: somebody else's, or left as it is. */
const UNMARKED: readonly string[] = ['moved_on', 'left'];
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
 * Part of it may have been done before, or by a copy of its task at the same time: then what the page has come to is
 * counted from the invoices.
 *
 * @param stop whether to leave the rest to another try
 * @throws when the store can not be reached or the settings do not fit
 */
export async function escalatePage(
  deps: Deps,
  page: EscalationPage,
  stop: () => boolean,
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
    counts: stopped || (await isWhole(deps, page, counts)) ? counts : await countedOf(deps, page),
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

/** Whether nobody else did any of the page: each invoice says which page it was. Costs one read. */
async function isWhole({ db }: Deps, page: EscalationPage, counts: Counts): Promise<boolean> {
  const all = (await collections.invoicesOfPage(db, pageName(page)).count().get()).data().count;
  const marked = Object.entries(counts).filter(([what]) => !UNMARKED.includes(what));
  return all === marked.reduce((sum, [, n]) => sum + n, 0);
}

/** What each invoice of the page says that came of it. */
async function countedOf({ db }: Deps, page: EscalationPage): Promise<Counts> {
  const counts: Counts = {};
  const { docs } = await collections.invoicesOfPage(db, pageName(page)).select('escalationRun.outcome').get();
  for (const doc of docs) add(counts, String(doc.get('escalationRun.outcome')));
  return counts;
}

function add(counts: Counts, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}

import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { type ExportRecord } from '../../domain/privacy/exportFormat';
import { readCursor, writeCursor } from '../../domain/privacy/pageCursor';
import { BadInputError } from '../../platform/errors';
import { type Deps } from '../deps';

/** Where records come from: a collection of the data map, in an order that stays the same. */
export interface RecordSource {
  readonly collection: string;
  readonly rows: (after: string | null) => AsyncIterable<DocumentSnapshot>;
  /** What is shown of a row; null: nothing. */
  readonly show: (
    row: DocumentSnapshot,
  ) => ExportRecord['data'] | null | Promise<ExportRecord['data'] | null>;
}

/** The platform takes 10 MB in an answer. A record is added only while there is room; one alone has at most 6 MB. */
const MOST_BYTES = 3_000_000;

/** A page ends when that is used up, so that the call does not run into its time-out of a minute. */
const MOST_MS = 20_000;

/**
 * The next page of what these sources hold. Pages are read at different moments: what is written meanwhile is in one of
 * them or in none.
 *
 * @throws BadInputError for a cursor that none of our answers had
 */
export async function pageOf(
  deps: Pick<Deps, 'clock'>,
  sources: readonly RecordSource[],
  cursor: string | null,
): Promise<{ readonly records: ExportRecord[]; readonly nextCursor: string | null }> {
  const names = sources.map(({ collection }) => collection);
  const from = cursor === null ? null : readCursor(cursor, names);
  if (cursor !== null && from === null) throw new BadInputError('cursor: is not one of ours');
  const deadline = deps.clock.now().getTime() + MOST_MS;
  const records: ExportRecord[] = [];
  let bytes = 0;
  let last: { collection: string; path: string } | null = from;
  for (const { collection, rows, show } of from === null
    ? sources
    : sources.slice(names.indexOf(from.collection))) {
    for await (const row of rows(from?.collection === collection ? from.path : null)) {
      const data = await show(row);
      if (data !== null) {
        const record = { collection, path: row.ref.path, data };
        bytes += Buffer.byteLength(JSON.stringify(record));
        const isFull = bytes > MOST_BYTES || deps.clock.now().getTime() > deadline;
        if (isFull && records.length > 0 && last !== null) return { records, nextCursor: writeCursor(last) };
        records.push(record);
      }
      last = { collection, path: row.ref.path };
    }
  }
  return { records, nextCursor: null };
}

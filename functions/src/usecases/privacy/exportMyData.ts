import { type Caller } from '../../domain/caller';
import { dataEntries } from '../../domain/privacy/dataMap';
import { describeHeld } from '../../domain/privacy/describeHeld';
import { type ExportPage, FORMAT_VERSION } from '../../domain/privacy/exportFormat';
import { type Deps } from '../deps';
import { recipientHashesOf } from '../recipientHashOf';
import { openRow, UNREADABLE_NOTE } from './openRow';
import { pageOf, type RecordSource } from './pageOf';
import { rowsOfOwner } from './rowsOfOwner';

/**
 * A page of everything that is held about the caller as a freelancer, by the data map: his own rows, whatever state his
 * account is in, and nobody else's. Contact data of his clients is opened; what its key is gone of is null, with a note.
 *
 * @throws BadInputError for a cursor that is not one of ours, TransientFailure `contact_key_unavailable`
 */
export async function exportMyData(
  deps: Deps,
  { uid, verifiedEmail }: Caller,
  { cursor }: { readonly cursor: string | null },
): Promise<ExportPage> {
  const addressHashes = verifiedEmail === null ? [] : recipientHashesOf(deps, 'email', verifiedEmail);
  const unreadable = new Set<string>();
  const shownWithout =
    (collection: string, withheld: readonly string[]): RecordSource['show'] =>
    async (row) => {
      const opened = await openRow(deps, collection, row);
      if (opened.unreadable.length > 0) unreadable.add(row.ref.path);
      return Object.fromEntries(Object.entries(opened.data).filter(([field]) => !withheld.includes(field)));
    };
  const sources = dataEntries.flatMap(([collection, entry]): RecordSource[] =>
    'not' in entry.export
      ? []
      : [
          {
            collection,
            rows: (after) => rowsOfOwner(deps, collection, { uid, addressHashes }, after),
            show: shownWithout(collection, entry.export.withholds ?? []),
          },
        ],
  );
  const page = await pageOf(deps, sources, cursor);
  const gone = page.records.map(({ path }) => path).filter((path) => unreadable.has(path));
  return {
    formatVersion: FORMAT_VERSION,
    generatedAt: deps.clock.now().toISOString(),
    uid,
    about: cursor === null ? describeHeld() : [],
    notes: gone.length === 0 ? [] : [UNREADABLE_NOTE + gone.join(', ')],
    ...page,
  };
}

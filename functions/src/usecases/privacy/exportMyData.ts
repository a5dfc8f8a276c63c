import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { type Caller } from '../../domain/caller';
import { dataEntries } from '../../domain/privacy/dataMap';
import { describeHeld } from '../../domain/privacy/describeHeld';
import { type ExportPage, type ExportRecord, FORMAT_VERSION } from '../../domain/privacy/exportFormat';
import { type Deps } from '../deps';
import { recipientHashOf } from '../recipientHashOf';
import { fieldsOf } from './fieldsOf';
import { pageOf, type RecordSource } from './pageOf';
import { rowsOfOwner } from './rowsOfOwner';

/**
 * A page of everything that is held about the caller as a freelancer, by the data map: his own rows, whatever state his
 * account is in, and nobody else's.
 *
 * @throws BadInputError for a cursor that is not one of ours
 */
export async function exportMyData(
  deps: Deps,
  { uid, verifiedEmail }: Caller,
  { cursor }: { readonly cursor: string | null },
): Promise<ExportPage> {
  const addressHash = verifiedEmail === null ? null : recipientHashOf(deps, 'email', verifiedEmail);
  const sources = dataEntries.flatMap(([collection, entry]): RecordSource[] =>
    'not' in entry.export
      ? []
      : [
          {
            collection,
            rows: (after) => rowsOfOwner(deps, collection, { uid, addressHash }, after),
            show: shownWithout(entry.export.withholds ?? []),
          },
        ],
  );
  return {
    formatVersion: FORMAT_VERSION,
    generatedAt: deps.clock.now().toISOString(),
    uid,
    about: cursor === null ? describeHeld() : [],
    ...(await pageOf(deps, sources, cursor)),
  };
}

function shownWithout(withheld: readonly string[]) {
  return (row: DocumentSnapshot): ExportRecord['data'] =>
    Object.fromEntries(Object.entries(fieldsOf(row)).filter(([field]) => !withheld.includes(field)));
}

import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { type ExportRecord } from '../../domain/privacy/exportFormat';
import { plainJson } from '../../store/plainJson';

/** What stands in a document, as JSON. Whatever is shown to the one whom it is about is read here and nowhere else. */
export function fieldsOf(row: DocumentSnapshot): ExportRecord['data'] {
  return Object.fromEntries(
    Object.entries(row.data() ?? {}).map(([field, value]) => [field, plainJson(value)]),
  ) as ExportRecord['data'];
}

import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { contactSchemas } from '../../domain/contact/contactSchemas';
import { contactFieldsOf } from '../../domain/contact/contactFieldsOf';
import { piiFieldsOf } from '../../domain/contact/pii';
import { type ExportRecord } from '../../domain/privacy/exportFormat';
import { PermanentFailure } from '../../platform/errors';
import { openContact } from '../contact/openContact';
import { type Deps } from '../deps';
import { fieldsOf } from './fieldsOf';

export interface OpenedRow {
  /** As JSON; addresses in the clear, and none of their hashes and masks. */
  readonly data: ExportRecord['data'];
  /** Fields that are null because what opened them is gone. */
  readonly unreadable: readonly string[];
}

/** What is said where something can not be opened any more. */
export const UNREADABLE_NOTE =
  'Some contact data can not be read any more, for its key was deleted or it stands where it does not belong. It is null in: ';

/**
 * What stands in a document, for whom it is about, or whose it is: addresses are opened with its freelancer's key.
 *
 * @param name its collection
 * @throws TransientFailure `contact_key_unavailable`
 */
export async function openRow(
  deps: Pick<Deps, 'db' | 'config'>,
  name: string,
  row: DocumentSnapshot,
): Promise<OpenedRow> {
  const schema = isContactCollection(name) ? contactSchemas[name] : null;
  if (schema === null) return { data: fieldsOf(row), unreadable: [] };
  const told = contactFieldsOf(schema);
  const data = Object.fromEntries(Object.entries(fieldsOf(row)).filter(([field]) => !told.includes(field)));
  const freelancerId: unknown = row.get('freelancerId');
  const owner = typeof freelancerId === 'string' ? freelancerId : null;
  const unreadable: string[] = [];
  for (const { field } of piiFieldsOf(schema)) {
    const stored: unknown = row.get(field);
    if (stored === undefined) continue;
    const isText = typeof stored === 'string';
    data[field] = isText ? await openContact(deps, owner, row.ref, field, stored).catch(gone) : null;
    if (isText && stored !== '' && data[field] === null) unreadable.push(field);
  }
  return { data, unreadable };
}

function isContactCollection(name: string): name is keyof typeof contactSchemas {
  return Object.hasOwn(contactSchemas, name);
}

function gone(error: unknown): null {
  if (error instanceof PermanentFailure) return null;
  throw error;
}

import { type DocumentReference } from 'firebase-admin/firestore';
import { isDocumentId } from '../../domain/documentId';
import { debtorAddress } from '../../domain/invoice/debtorAddress';
import { type Invoice, invoiceSchema } from '../../domain/invoice/invoice';
import { outboxContentSchema, type OutboxRow } from '../../domain/messages/outboxRow';
import { PermanentFailure } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { wordReminder } from './wordReminder';
import { writeMessage, type WrittenMessage } from './writeMessage';

/** A message of which it is known to whom it goes. */
export interface Letter {
  readonly to: string;
  /**
   * Its words. Those of a reminder are found in the gate's commit, by what the gate sees, and kept with the item.
   *
   * @throws PermanentFailure when it can not be written
   */
  words(now: Date): Promise<WrittenMessage>;
}

/**
 * The letter of an item.
 *
 * @param unit has read the item and its content
 * @throws PermanentFailure when it has no content, no address or no words
 */
export async function letterOf(
  deps: Pick<Deps, 'db' | 'config'>,
  unit: UnitOfWork,
  ref: DocumentReference,
  row: OutboxRow,
  isClaimed: boolean,
): Promise<Letter> {
  const contentRef = collections.privatePart(ref, 'content');
  if (!row.wordedLate || isClaimed) {
    const content = decode(outboxContentSchema, unit.snapshot(contentRef));
    if (content === null) throw new PermanentFailure('content_missing', 'The message has no content.');
    const message = writeMessage(deps, row, content);
    return { to: message.to, words: () => Promise.resolve(message) };
  }
  const id = row.invoiceId;
  if (!isDocumentId(id)) throw new PermanentFailure('content_missing', 'The reminder is about nothing.');
  const invoiceRef = collections.invoice(deps.db, id);
  await unit.read(invoiceRef);
  const read = (): Invoice | null => decode(invoiceSchema, unit.snapshot(invoiceRef));
  // Where an invoice is sent to does not change after that; what is owed does.
  const to = debtorAddress(read() ?? {}, row.channel);
  if (to === null) throw new PermanentFailure('content_missing', 'The reminder has no address.');
  return {
    to,
    words: async (now) => {
      const invoice = read();
      if (invoice === null) throw new PermanentFailure('content_missing', 'The invoice is gone.');
      const content = { to, params: await wordReminder(deps, unit, row, { id, invoice }, now) };
      unit.put(contentRef, content);
      return writeMessage(deps, row, content);
    },
  };
}

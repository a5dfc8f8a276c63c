import { type DocumentReference } from 'firebase-admin/firestore';
import { isDocumentId } from '../../domain/documentId';
import { type Invoice, invoiceSchema } from '../../domain/invoice/invoice';
import { outboxContentSchema, type OutboxRow } from '../../domain/messages/outboxRow';
import { PermanentFailure } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { isSealed } from '../../platform/sealedValue';
import { addressOfItem, openDebtor } from '../contact/addressOfItem';
import { type Deps } from '../deps';
import { recipientHashesOf } from '../recipientHashOf';
import { wordReminder } from './wordReminder';
import { writeMessage, type WrittenMessage } from './writeMessage';

/** A message of which it is known to whom it goes. */
export interface Letter {
  readonly to: string;
  /** Keyed hashes of the address under all live keys, the one that is written first. */
  readonly hashes: readonly [string, ...string[]];
  /** The hash that its item is to have: the one it has, unless it is another address's by now. */
  readonly recipientHash: string;
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
 * @throws PermanentFailure when it has no content, no words, or no address that can be read; TransientFailure
 *   `contact_key_unavailable`
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
    const to = content.to ?? (await addressOfItem(deps, unit, row));
    if (to === null) throw new PermanentFailure('content_missing', 'The message has no address.');
    const addressed = addressedTo(deps, row, to);
    const message = writeMessage(deps, { ...row, ...addressed }, { ...content, to });
    return { ...addressed, to, words: () => Promise.resolve(message) };
  }
  const id = row.invoiceId;
  if (!isDocumentId(id)) throw new PermanentFailure('content_missing', 'The reminder is about nothing.');
  const invoiceRef = collections.invoice(deps.db, id);
  await unit.read(invoiceRef);
  const read = (): Invoice | null => decode(invoiceSchema, unit.snapshot(invoiceRef));
  // Where an invoice is sent to does not change after that; what is owed does.
  const known = read();
  const to = known === null ? null : await openDebtor(deps, id, known, row.channel);
  if (to === null) throw new PermanentFailure('content_missing', 'The reminder has no address.');
  const addressed = addressedTo(deps, row, to);
  const named =
    row.addressee != null || isSealed(row.channel === 'sms' ? known?.clientPhone : known?.clientEmail);
  return {
    ...addressed,
    to,
    words: async (now) => {
      const invoice = read();
      if (invoice === null) throw new PermanentFailure('content_missing', 'The invoice is gone.');
      const params = await wordReminder(deps, unit, row, { id, invoice }, now);
      unit.put(contentRef, named ? { params } : { to, params });
      return writeMessage(deps, { ...row, ...addressed }, { to, params });
    },
  };
}

/** A freelancer may have another address by now than when the item was queued: callbacks will name that one. */
function addressedTo(
  deps: Pick<Deps, 'config'>,
  { channel, recipientHash }: OutboxRow,
  to: string,
): Pick<Letter, 'hashes' | 'recipientHash'> {
  const hashes = recipientHashesOf(deps, channel, to);
  return { hashes, recipientHash: hashes.includes(recipientHash) ? recipientHash : hashes[0] };
}

import { type DocumentReference } from 'firebase-admin/firestore';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';

/**
 * What contact data is made: sealed; clear again; `settled`, sealed for good, without what it could be turned back by;
 * `renewed`, sealed with the newest keys.
 */
export type ContactForm = 'sealed' | 'clear' | 'settled' | 'renewed';

/** Adds the writes for one document to its unit. */
export type ContactChange = () => Promise<void>;

/** One kind of document with contact data. */
export interface ContactKind {
  /** Its collection. */
  readonly name: string;
  /**
   * What would have to be changed in a document; null when it is so already.
   *
   * @param unit has read the document, and reads what else is needed
   */
  plan(
    deps: Pick<Deps, 'db' | 'config'>,
    unit: UnitOfWork,
    ref: DocumentReference,
    form: ContactForm,
  ): Promise<ContactChange | null>;
}

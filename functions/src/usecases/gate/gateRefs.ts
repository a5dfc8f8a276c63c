import { type DocumentReference } from 'firebase-admin/firestore';
import { type GateInput } from '../../domain/gate/gateInput';

/** A message that stands before the gate. */
export type GateMessage = GateInput['message'] & {
  readonly id: string;
  readonly invoiceId: string | null;
  readonly freelancerId: string | null;
  readonly address: string;
  /** Keyed hashes of the address under all live keys, the one that is written first. */
  readonly hashes: readonly [string, ...string[]];
};

/** The documents that the gate looks at for one message; null where it has no use for one. */
export interface GateRefs {
  readonly recipient: DocumentReference;
  /** The same address under older keys of the hashes. */
  readonly earlierRecipients: readonly DocumentReference[];
  readonly chase: DocumentReference | null;
  readonly usage: DocumentReference | null;
  readonly marker: DocumentReference | null;
  readonly invoice: DocumentReference | null;
  readonly user: DocumentReference | null;
  readonly client: DocumentReference | null;
  readonly optOuts: readonly DocumentReference[];
  /** Of an e-mail's address; of a text message's invoice, for an objection of its debtor. */
  readonly suppressions: readonly DocumentReference[];
  readonly policy: DocumentReference;
  readonly plans: DocumentReference;
}

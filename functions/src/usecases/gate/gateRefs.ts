import { type DocumentReference } from 'firebase-admin/firestore';
import { type GateInput } from '../../domain/gate/gateInput';

/** A message that stands before the gate. */
export type GateMessage = GateInput['message'] & {
  readonly id: string;
  readonly invoiceId: string | null;
  readonly freelancerId: string | null;
  readonly address: string;
};

/** The documents that the gate looks at for one message; null where it has no use for one. */
export interface GateRefs {
  readonly recipient: DocumentReference;
  readonly chase: DocumentReference | null;
  readonly usage: DocumentReference | null;
  readonly marker: DocumentReference | null;
  readonly invoice: DocumentReference | null;
  readonly user: DocumentReference | null;
  readonly client: DocumentReference | null;
  readonly optOut: DocumentReference | null;
  readonly suppression: DocumentReference | null;
  readonly policy: DocumentReference;
  readonly plans: DocumentReference;
}

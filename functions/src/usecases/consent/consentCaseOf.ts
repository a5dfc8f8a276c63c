import { type DocumentReference } from 'firebase-admin/firestore';
import { type Client, clientSchema } from '../../domain/client/client';
import { isDocumentId } from '../../domain/documentId';
import { debtorAddress } from '../../domain/invoice/debtorAddress';
import { type Invoice, invoiceSchema } from '../../domain/invoice/invoice';
import { suppressionSchema } from '../../domain/messages/suppression';
import { type VerifiedLink } from '../../platform/signedLink';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { recipientHashOf } from '../recipientHashOf';

/** What a debtor's signed link is about, as this unit of work read it. */
export interface ConsentCase {
  readonly invoiceId: string;
  readonly invoice: Invoice;
  readonly client: Client;
  readonly clientId: string;
  readonly clientRef: DocumentReference;
  /** Of his address. */
  readonly emailHash: string;
  /** Why e-mail to his address is stopped, whoever sends it; null when it is not. */
  readonly suppressedFor: string | null;
}

/**
 * The invoice and the client that a link is about. Null when there is nothing that its holder may see: the link names no
 * invoice, the invoice was never sent, or it was sent to another address.
 */
export async function consentCaseOf(
  deps: Pick<Deps, 'db' | 'config'>,
  unit: UnitOfWork,
  { subject, invoiceId }: VerifiedLink,
): Promise<ConsentCase | null> {
  const { db } = deps;
  if (!isDocumentId(invoiceId) || !isDocumentId(subject)) return null;
  const invoiceRef = collections.invoice(db, invoiceId);
  const suppressionRef = collections.emailSuppression(db, subject);
  await unit.read(invoiceRef, suppressionRef);
  const invoice = decode(invoiceSchema, unit.snapshot(invoiceRef));
  if (invoice === null || invoice.status === 'draft' || !isDocumentId(invoice.clientId)) return null;
  const address = debtorAddress(invoice, 'email');
  if (address === null || recipientHashOf(deps, 'email', address) !== subject) return null;
  const clientRef = collections.client(db, invoice.clientId);
  await unit.read(clientRef, collections.user(db, invoice.freelancerId));
  const client = decode(clientSchema, unit.snapshot(clientRef));
  if (client?.freelancerId !== invoice.freelancerId) return null;
  const suppression = decode(suppressionSchema, unit.snapshot(suppressionRef));
  return {
    invoiceId,
    invoice,
    client,
    clientId: invoice.clientId,
    clientRef,
    emailHash: subject,
    suppressedFor: suppression?.status === 'suppressed' ? suppression.reason : null,
  };
}

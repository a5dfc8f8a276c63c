import { type DocumentReference } from 'firebase-admin/firestore';
import { type Client, clientSchema } from '../../domain/client/client';
import { isDocumentId } from '../../domain/documentId';
import { type Invoice, invoiceSchema } from '../../domain/invoice/invoice';
import { isObjection } from '../../domain/messages/isObjection';
import { type Suppression, suppressionSchema } from '../../domain/messages/suppression';
import { PermanentFailure } from '../../platform/errors';
import { type VerifiedLink } from '../../platform/signedLink';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { openDebtor } from '../contact/addressOfItem';
import { type Deps } from '../deps';
import { recipientHashesOf } from '../recipientHashOf';

/** What a debtor's signed link is about, as this unit of work read it. */
export interface ConsentCase {
  readonly invoiceId: string;
  readonly invoice: Invoice;
  readonly client: Client;
  readonly clientId: string;
  readonly clientRef: DocumentReference;
  /** His address, in the clear, and its keyed hashes under all live keys. */
  readonly email: string;
  readonly emailHashes: readonly [string, ...string[]];
  /** Why e-mail to his address is stopped, whoever sends it; null when it is not. */
  readonly suppressedFor: string | null;
  /** The rows that say so. */
  readonly suppressions: readonly ({ readonly ref: DocumentReference } & Suppression)[];
  /** He objects to being contacted about invoices at all. */
  readonly objected: boolean;
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
  await unit.read(invoiceRef);
  const invoice = decode(invoiceSchema, unit.snapshot(invoiceRef));
  if (invoice === null || invoice.status === 'draft' || !isDocumentId(invoice.clientId)) return null;
  const email = await openDebtor(deps, invoiceId, invoice, 'email').catch(unlessErased);
  if (email === null) return null;
  const emailHashes = recipientHashesOf(deps, 'email', email);
  if (!emailHashes.includes(subject)) return null;
  const suppressionRefs = emailHashes.map((hash) => collections.emailSuppression(db, hash));
  const clientRef = collections.client(db, invoice.clientId);
  await unit.read(clientRef, collections.user(db, invoice.freelancerId), ...suppressionRefs);
  const client = decode(clientSchema, unit.snapshot(clientRef));
  if (client?.freelancerId !== invoice.freelancerId) return null;
  const suppressed = suppressionRefs.flatMap((ref) => {
    const row = decode(suppressionSchema, unit.snapshot(ref));
    return row?.status === 'suppressed' ? [{ ref, ...row }] : [];
  });
  return {
    invoiceId,
    invoice,
    client,
    clientId: invoice.clientId,
    clientRef,
    email,
    emailHashes,
    suppressedFor: (suppressed.find(({ reason }) => reason === 'complaint') ?? suppressed[0])?.reason ?? null,
    suppressions: suppressed,
    objected: suppressed.some(isObjection),
  };
}

/** An address that was erased is nobody's any more. */
function unlessErased(error: unknown): null {
  if (error instanceof PermanentFailure) return null;
  throw error;
}

import { type Firestore } from 'firebase-admin/firestore';
import { escalationStateSchema } from '../domain/invoice/escalationState';
import { invoiceSchema } from '../domain/invoice/invoice';
import { type InvoiceState } from '../domain/payment/invoiceConsequences';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { type UnitOfWork } from '../store/unitOfWork';
import { adoptPayments } from './adoptPayments';

/** An invoice with its chase, as this unit of work read it; null when there is no such invoice. */
export async function invoiceStateOf(
  db: Firestore,
  unit: UnitOfWork,
  invoiceId: string,
): Promise<InvoiceState | null> {
  const [invoiceDoc, escalationDoc] = await unit.read(
    collections.invoice(db, invoiceId),
    collections.escalationState(db, invoiceId),
  );
  if (invoiceDoc === undefined || escalationDoc === undefined) return null;
  const invoice = decode(invoiceSchema, invoiceDoc);
  if (invoice === null) return null;
  return {
    id: invoiceId,
    invoice: await adoptPayments(db, invoiceId, invoice),
    escalation: decode(escalationStateSchema, escalationDoc),
  };
}

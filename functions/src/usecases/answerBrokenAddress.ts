import { isDocumentId } from '../domain/documentId';
import { type Invoice, invoiceSchema } from '../domain/invoice/invoice';
import { type OutboxRow } from '../domain/messages/outboxRow';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { freelancerOf } from './freelancerOf';
import { queueMessage } from './queueMessage';
import { smsInPlaceOf } from './smsInPlaceOf';

/**
 * What happens when the address of a message does not work: the freelancer is told, and a reminder goes by SMS
 * instead, if the invoice has a number and the gate lets it go. Once for each message, however many events say so.
 */
export async function answerBrokenAddress(
  deps: Pick<Deps, 'db' | 'config' | 'clock'>,
  unit: UnitOfWork,
  outboxId: string,
  row: OutboxRow,
): Promise<void> {
  const { db } = deps;
  const noticeId = `email_bounced_${outboxId}`;
  const notificationRef = collections.notification(db, noticeId);
  const invoiceRef = isDocumentId(row.invoiceId) ? collections.invoice(db, row.invoiceId) : null;
  await unit.read(notificationRef, ...(invoiceRef === null ? [] : [invoiceRef]));
  const invoice = invoiceRef === null ? null : decode(invoiceSchema, unit.snapshot(invoiceRef));
  if (!unit.snapshot(notificationRef).exists) {
    await tellFreelancer(deps, unit, noticeId, row, invoice);
  }
  if (invoice !== null) await smsInPlaceOf(deps, unit, row, invoice);
}

async function tellFreelancer(
  deps: Pick<Deps, 'db' | 'config' | 'clock'>,
  unit: UnitOfWork,
  noticeId: string,
  row: OutboxRow,
  invoice: Invoice | null,
): Promise<void> {
  if (row.freelancerId === null) return;
  const now = deps.clock.now();
  const isOwnAddress = row.class === 'freelancer_notice' || row.class === 'marketing';
  unit.create(collections.notification(deps.db, noticeId), {
    freelancerId: row.freelancerId,
    type: 'email_bounced',
    title: isOwnAddress ? 'Your e-mail address does not work' : 'An e-mail came back',
    message: isOwnAddress
      ? 'An e-mail to you came back as undeliverable. Please check the address in your profile.'
      : `The e-mail about invoice ${invoice?.reference ?? ''} came back as undeliverable. Please check your client's address.`,
    read: false,
    createdAt: now,
  });
  // An e-mail about it would go to the very address that does not work.
  if (isOwnAddress) return;
  const freelancer = await freelancerOf(deps.db, unit, row.freelancerId);
  if (freelancer?.email == null || invoice === null) return;
  queueMessage(
    deps,
    unit,
    {
      id: noticeId,
      channel: 'email',
      template: 'email_bounced',
      invoiceId: row.invoiceId,
      freelancerId: row.freelancerId,
      to: freelancer.email,
      params: { clientName: invoice.clientName ?? null, reference: invoice.reference },
    },
    now,
  );
}

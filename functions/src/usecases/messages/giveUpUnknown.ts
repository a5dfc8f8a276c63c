import { type DocumentReference } from 'firebase-admin/firestore';
import { type OutboxRow } from '../../domain/messages/outboxRow';
import { invoiceSchema } from '../../domain/invoice/invoice';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { freelancerOf } from '../freelancerOf';
import { moveOutboxItem } from '../moveOutboxItem';
import { queueMessage } from '../queueMessage';

/**
 * Nobody will find out any more whether a message was sent: that is final, and its freelancer is told; once, for a
 * message that was found after all and tried again may get lost a second time.
 */
export async function giveUpUnknown(
  deps: Deps,
  unit: UnitOfWork,
  ref: DocumentReference,
  row: OutboxRow,
): Promise<void> {
  const { db } = deps;
  const { freelancerId, invoiceId, channel } = row;
  await moveOutboxItem(deps, unit, ref, row, { status: 'unknown', reason: row.reason ?? null, final: true });
  // A message to the freelancer himself, or about no invoice: telling of it by another one would go round in circles.
  if (freelancerId === null || invoiceId === null || row.class === 'freelancer_notice') return;
  const invoiceRef = collections.invoice(db, invoiceId);
  const id = `message_unknown_${ref.id}`;
  const told = [collections.notification(db, id), collections.outbox(db, id)] as const;
  const [freelancer] = await Promise.all([
    freelancerOf(db, unit, freelancerId),
    unit.read(invoiceRef, ...told),
  ]);
  if (told.some((one) => unit.snapshot(one).exists)) return;
  const invoice = decode(invoiceSchema, unit.snapshot(invoiceRef));
  if (invoice === null) return;
  const now = deps.clock.now();
  unit.create(told[0], {
    freelancerId,
    type: 'message_unknown',
    title: 'A message may not have arrived',
    message: `It could not be found out whether a message about invoice ${invoice.reference} was sent. It is not sent again by itself.`,
    read: false,
    createdAt: now,
  });
  if (freelancer?.email == null || freelancer.email === '') return;
  queueMessage(
    deps,
    unit,
    {
      id,
      channel: 'email',
      template: 'message_unknown',
      invoiceId,
      freelancerId,
      to: freelancer.email,
      params: { clientName: invoice.clientName ?? null, reference: invoice.reference, channel },
    },
    now,
  );
}

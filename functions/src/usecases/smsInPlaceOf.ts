import { type Invoice } from '../domain/invoice/invoice';
import { toDebtor } from '../domain/invoice/toDebtor';
import { dunningItemId } from '../domain/messages/dunningItemId';
import { type MessageTemplate } from '../domain/messages/messageTemplates';
import { type OutboxRow } from '../domain/messages/outboxRow';
import { collections } from '../store/collections';
import { type UnitOfWork } from '../store/unitOfWork';
import { type Deps } from './deps';
import { queueMessage } from './queueMessage';

/** The reminders that have a wording for each channel. */
const REMINDERS: Readonly<Record<string, MessageTemplate>> = {
  gentle: 'gentle',
  firm: 'firm',
  final: 'final',
};

/**
 * Queues the SMS of a reminder whose e-mail came back. Not where the level's SMS was queued before, nor without the
 * debtor's number. Whether it may go, and what it says, is found when its turn comes.
 *
 * @param row the e-mail's
 */
export async function smsInPlaceOf(
  deps: Pick<Deps, 'db' | 'config' | 'clock'>,
  unit: UnitOfWork,
  row: OutboxRow,
  invoice: Invoice,
): Promise<void> {
  const { invoiceId, level, class: messageClass } = row;
  const template = REMINDERS[row.template];
  const addressed = toDebtor(invoice, 'sms');
  if (messageClass !== 'dunning' || invoiceId === null || level == null) return;
  if (template === undefined || addressed === null) return;
  const id = dunningItemId(invoiceId, level, 'sms');
  const ref = collections.outbox(deps.db, id);
  await unit.read(ref);
  if (unit.snapshot(ref).exists) return;
  queueMessage(
    deps,
    unit,
    {
      id,
      channel: 'sms',
      template,
      level,
      invoiceId,
      freelancerId: row.freelancerId,
      ...addressed,
      params: null,
    },
    deps.clock.now(),
  );
}

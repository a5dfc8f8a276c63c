import { type DocumentReference } from 'firebase-admin/firestore';
import { clientSchema } from '../../domain/client/client';
import { type GateRecipient } from '../../domain/gate/gateInput';
import { type Invoice } from '../../domain/invoice/invoice';
import { isObjection } from '../../domain/messages/isObjection';
import { type Channel } from '../../domain/messages/outboxRow';
import { recipientSchema } from '../../domain/messages/recipient';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { userSchema } from '../../store/userSchema';
import { optOutOf } from '../contact/optOutRefs';
import { sameContact } from '../contact/sameContact';
import { type GateMessage, type GateRefs } from './gateRefs';

const E164 = /^\+[1-9]\d{6,14}$/;
const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** The one to whom the message goes, as the gate sees him. */
export function gateRecipientOf(
  unit: UnitOfWork,
  refs: GateRefs,
  message: GateMessage,
  invoice: Invoice | null,
): GateRecipient {
  const { channel, address } = message;
  const isForFreelancer = message.class === 'freelancer_notice' || message.class === 'marketing';
  const known = [refs.recipient, ...refs.earlierRecipients].flatMap(
    (ref) => decode(recipientSchema, unit.snapshot(ref)) ?? [],
  );
  const client = refs.client === null ? null : decode(clientSchema, unit.snapshot(refs.client));
  const user = refs.user === null ? null : decode(userSchema, unit.snapshot(refs.user));
  const optOut = optOutOf(unit, refs.optOuts);
  const form = channel === 'sms' ? E164 : EMAIL;
  return {
    address,
    permissionWithdrawn: !isForFreelancer && client?.contactPermissions?.[channel]?.status === 'withdrawn',
    optedOut: optOut?.status === 'opted_out',
    optedOutAt: optOut?.optedOutAt ?? null,
    suppressed: refs.suppressions.some((ref) => isSuppressed(unit, ref, channel)),
    usable:
      form.test(address) &&
      known.every(({ unreachable }) => unreachable == null) &&
      (isForFreelancer || isDebtors(message, invoice)),
    zone: (isForFreelancer ? user?.timezone : client?.timezone) ?? 'Europe/London',
    nation: client?.nation ?? 'england-and-wales',
    sends: known
      .flatMap(({ sends }) => Object.entries(sends))
      .filter(([id]) => id !== message.id)
      .map(([, sent]) => sent),
  };
}

/** Reminders go to the invoice's own debtor and to nobody else, whatever address was queued. */
function isDebtors(
  { class: messageClass, channel, address, hashes }: GateMessage,
  invoice: Invoice | null,
): boolean {
  if (messageClass !== 'dunning' && messageClass !== 'courtesy') return true;
  return invoice !== null && sameContact(invoice, channel, address, () => hashes);
}

/** A row that does not say otherwise is a "no" to e-mail; to text messages only one that objects to any contact is. */
function isSuppressed(unit: UnitOfWork, ref: DocumentReference, channel: Channel): boolean {
  const row = unit.snapshot(ref).data();
  if (row === undefined) return false;
  return channel === 'sms' ? isObjection(row) : row['status'] !== 'lifted';
}

import { inZone } from './contactHours';
import { type Refusal, type RefusalReason } from './gateDecision';
import { type GateInput } from './gateInput';

/** Step 3: has the one to whom it goes said no, to anybody, by any way? */
export function refuseForRecipient(input: GateInput): Refusal | null {
  const { recipient } = input;
  if (recipient.permissionWithdrawn)
    return suppressed('permission_withdrawn', 'The client does not want to be contacted in this way.');
  if (recipient.optedOut) {
    const day = recipient.optedOutAt === null ? '' : ` on ${longDay(recipient.optedOutAt)}`;
    return suppressed('opted_out', `This phone number opted out${day}. Cannot send SMS.`);
  }
  return refuseForAddress(input);
}

/** Step 3, as far as it goes for those who are written to about their own account. */
export function refuseForAddress({ recipient }: GateInput): Refusal | null {
  if (recipient.suppressed)
    return suppressed('suppressed_address', 'Messages to this address are not delivered or not wanted.');
  if (!recipient.usable) return suppressed('unusable_address', 'This address can not be written to.');
  return null;
}

function longDay(instant: Date): string {
  return inZone(instant, 'Europe/London').setLocale('en-GB').toFormat('d MMMM yyyy');
}

function suppressed(reason: RefusalReason, text: string): Refusal {
  return { kind: 'refuse', status: 'suppressed', reason, text };
}

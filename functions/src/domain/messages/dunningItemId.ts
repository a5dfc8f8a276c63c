import { type DunningLevel } from '../invoice/dunningLevels';
import { type Channel } from './outboxRow';

/** The outbox id of a reminder: an invoice is reminded once per level and channel, whatever causes it. */
export function dunningItemId(invoiceId: string, level: DunningLevel, channel: Channel): string {
  return `dunning_${invoiceId}_${level}_${channel}`;
}

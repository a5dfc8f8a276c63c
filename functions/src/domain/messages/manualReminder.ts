import { levelReminder, NO_CLAIM } from '../escalation/levelReminder';
import { type DunningLevel } from '../invoice/dunningLevels';
import { type Invoice } from '../invoice/invoice';
import { type MessageTemplate } from './messageTemplates';
import { type MessageParams } from './outboxRow';

/**
 * The wording of a reminder that a freelancer asks for by hand: that of the level that the chase has reached. Of no
 * level itself, so that it neither moves the chase nor is dropped when the chase moves. It names no interest: that is
 * for the chase to compute.
 */
export function manualReminder(
  invoice: Invoice,
  level: DunningLevel,
  businessName: string | null,
  now: Date,
): { readonly template: MessageTemplate; readonly params: MessageParams } {
  return levelReminder(WORDED_AS[level], invoice, businessName, NO_CLAIM, now);
}

const WORDED_AS = {
  pending: 'gentle',
  gentle: 'gentle',
  firm: 'firm',
  final: 'final',
  agency: 'final',
} as const;

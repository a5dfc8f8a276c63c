import { type DunningLevel, dunningLevels } from '../invoice/dunningLevels';
import { type EscalationState } from '../invoice/escalationState';
import { type Invoice } from '../invoice/invoice';

/** The level that an invoice has reached, by its chase or, where that is missing, by the invoice itself: never less. */
export function levelOf(
  invoice: Pick<Invoice, 'escalationLevel'>,
  state: Pick<EscalationState, 'currentLevel'> | null,
): DunningLevel {
  const own = invoice.escalationLevel ?? 'pending';
  const chased = state?.currentLevel ?? 'pending';
  return dunningLevels.indexOf(own) > dunningLevels.indexOf(chased) ? own : chased;
}

import { type TimelineEntry } from '../store/calls';
import { money, spoken } from './words';

const GATE: Readonly<Record<string, string>> = {
  passed: 'The gate let it through',
  deferred: 'The gate put it off',
  suppressed: 'The gate said no',
};

/** What happened, in words, and what else is known of it. */
export function sayEntry(entry: TimelineEntry, currency: string): { what: string; more: string[] } {
  const { kind, what, channel, level, reason, amount } = entry;
  const all = [
    channel === null ? '' : ({ email: 'e-mail', sms: 'text message' }[channel] ?? channel),
    level ?? '',
    reason === null ? '' : spoken(reason),
    amount === null ? '' : money(amount, currency),
  ];
  // A reminder's template has the name of its level.
  const more = [...new Set(all)].filter((words) => words !== '');
  switch (kind) {
    case 'invoice':
      return { what: `Invoice ${spoken(what)}`, more };
    case 'chase':
      return { what: `Chase: ${spoken(what)}`, more };
    case 'message':
      return { what: `Message ${spoken(what)}`, more };
    case 'gate':
      return { what: GATE[what] ?? `The gate: ${spoken(what)}`, more };
    case 'callback':
      return { what: `Provider's event ${what}`, more };
    case 'payment':
      return { what: `Payment ${spoken(what)}`, more };
    case 'claim':
      return { what: `Debtor's claim: ${spoken(what)}`, more };
  }
}

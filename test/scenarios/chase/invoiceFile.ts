import { wallTime } from '../../unit/gate/wallClock';
import { type Channel } from './contactRules';
import { AMOUNT, type Kind } from './kinds';

export type Level = 'pending' | 'gentle' | 'firm' | 'final' | 'agency';

/** Why nothing goes out, and until when; what it took the place of comes back when it ends. */
export interface Pause {
  readonly until: Date | null;
  readonly why: 'his own' | 'claim' | 'dispute';
  readonly before: Pause | null;
}

/** What the scenario's second opinion knows of one invoice. */
export interface InvoiceFile {
  readonly kind: Kind;
  readonly dueDate: string;
  status: string;
  level: Level;
  escalatedAt: Date | null;
  pause: Pause | null;
  closed: boolean;
  paid: number;
  /** Given back, or withheld by a bank. */
  away: number;
  disputed: boolean;
  /** The debtor's own word against it. */
  contested: boolean;
  claim: {
    readonly amount: number;
    readonly deadline: Date;
    reminded: 'no' | 'a day before' | 'hours before';
  } | null;
  readonly courtesies: Set<'before' | 'due'>;
}

/** A message that waits: a reminder or a courtesy note, which needs the permission of that moment. */
export interface WaitingReminder {
  readonly file: InvoiceFile;
  readonly level: Exclude<Level, 'pending' | 'agency'> | 'courtesy_before' | 'courtesy_due';
  readonly channel: Channel;
  readonly createdAt: Date;
  askAt: Date;
}

const OVERDUE_DAYS: readonly (readonly [Level, number])[] = [
  ['pending', 0],
  ['gentle', 5],
  ['firm', 15],
  ['final', 30],
  ['agency', 60],
];

/** The level that so many days after the due date call for. */
export function levelAfter(days: number): Level {
  return OVERDUE_DAYS.findLast(([, from]) => days >= from)?.[0] ?? 'pending';
}

export function rank(level: Level): number {
  return OVERDUE_DAYS.findIndex(([one]) => one === level);
}

/** Calendar days from one 'YYYY-MM-DD' to another. */
export function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** Statuses of an invoice on which something is asked for. */
export const OPEN: readonly string[] = ['sent', 'overdue', 'in_collections'];

/** What an invoice that is open is called on that day. */
export function statusByDate(file: InvoiceFile, at: Date): string {
  if (file.level !== 'pending') return 'in_collections';
  return wallTime(at, 'Europe/London').day > file.dueDate ? 'overdue' : 'sent';
}

export function leftOf({ paid, away }: InvoiceFile): number {
  return AMOUNT - paid + away;
}

import { wallTime } from '../../unit/gate/wallClock';
import { londonHour } from './londonMoment';

const HOURLY = ['processEmailSequence', 'checkVerificationDeadlines', 'maintainQueues'] as const;

/** All jobs but those of the minute. */
export const JOBS = [
  'processEscalations',
  ...HOURLY,
  'processRecurringInvoices',
  'sendBehavioralEmails',
  'resetMonthlyUsage',
] as const;

export type Job = (typeof JOBS)[number];

/**
 * The jobs that run at a full hour, London's; what is to run five minutes after midnight runs at midnight.
 *
 * @param hours at which the hourly ones run; null: at every hour
 */
export function jobsAt(at: Date, hours: readonly number[] | null): Job[] {
  const hour = londonHour(at);
  const isFirst = wallTime(at, 'Europe/London').day.endsWith('-01');
  return [
    ...(hour % 6 === 0 ? (['processEscalations'] as const) : []),
    ...(hours === null || hours.includes(hour) ? HOURLY : []),
    ...(hour === 0 ? (['processRecurringInvoices'] as const) : []),
    ...(hour === 0 && isFirst ? (['resetMonthlyUsage'] as const) : []),
    ...(hour === 10 ? (['sendBehavioralEmails'] as const) : []),
  ];
}

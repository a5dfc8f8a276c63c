import { readFileSync } from 'node:fs';
import { alerts } from '../monitoring/alerts';
import { logEntries } from '../monitoring/logEntries';
import { type DayReport } from './dayReport';

/** A day on which all goes well wakes nobody: none of the alert policies finds a line in the log. */
export function checkAlerts(report: DayReport, log: string): void {
  const entries = logEntries(readFileSync(log, 'utf8'));
  const found = alerts()
    .filter(({ kind, matches }) => kind !== 'absence' && entries.some((entry) => matches(entry)))
    .map(({ name }) => name);
  report.check(
    'no alert would have woken anybody',
    entries.length > 0 && found.length === 0,
    entries.length === 0 ? 'the log is empty' : found.join(', '),
  );
}

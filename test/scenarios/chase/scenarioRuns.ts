import { type Played } from './playDays';

const asked = process.env['RECOUP_SCENARIO_DAYS'];

/** Days of the long journey: as many as `npm run test:scenarios` asks for. */
export const SCENARIO_DAYS = Number(asked ?? '30');

/** Hours of London at which the hourly jobs run; null: every hour, where there is time for it. */
export const HOURS: readonly number[] | null = asked === undefined ? [0, 5, 9, 12, 18] : null;

/** Tells how a journey went, beside jest's report. */
export function sayPlayed(name: string, { days, seconds, sent, refused }: Played): void {
  process.stderr.write(
    `scenario ${name}: ${days} days in ${seconds} s, ${sent} messages sent, ${refused} refused\n`,
  );
}

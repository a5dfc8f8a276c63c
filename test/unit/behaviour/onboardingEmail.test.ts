import { inactiveKeys } from '../../../functions/src/domain/behaviour/behaviourPolicy';
import { onboardingEmail } from '../../../functions/src/domain/behaviour/onboardingEmail';
import { daysBetween, londonHourOf, monthAfter } from '../../../functions/src/domain/londonDay';

test.each([
  [0, null],
  [1, 'tutorial'],
  [2, 'tutorial'],
  [3, 'tips'],
  [6, 'tips'],
  [7, 'first_week'],
  [13, 'first_week'],
  [14, 'upgrade'],
  [29, 'upgrade'],
  [30, null],
  [400, null],
])('the onboarding e-mail of day %i is %s', (day, email) => {
  expect(onboardingEmail(day, 'free')).toBe(email);
  expect(onboardingEmail(day, 'pro')).toBe(email === 'upgrade' ? null : email);
});

test('the keys of two periods of 30 days follow one another', () => {
  const now = new Date('2026-11-24T10:00:00Z');
  const later = new Date(now.getTime() + 30 * 24 * 60 * 60 * 1000);
  expect(inactiveKeys(later).previous).toBe(inactiveKeys(now).current);
});

test.each([
  ['2026-03-28', '2026-03-30', 2],
  ['2026-10-24', '2026-10-26', 2],
  ['2028-02-28', '2028-03-01', 2],
  ['2027-01-01', '2026-12-31', -1],
  ['2026-11-24', '2026-11-24', 0],
])('from %s to %s are %i days, whatever the clocks do', (from, to, days) => {
  expect(daysBetween(from, to)).toBe(days);
});

test.each([
  ['2026-11', 1, '2026-12'],
  ['2026-12', 1, '2027-01'],
  ['2027-01', -12, '2026-01'],
])('from %s it is %i months to %s', (month, months, expected) => {
  expect(monthAfter(month, months)).toBe(expected);
});

test.each([
  ['2026-01-15', '2026-01-15T09:00:00.000Z'],
  ['2026-07-15', '2026-07-15T08:00:00.000Z'],
  ['2026-03-29', '2026-03-29T08:00:00.000Z'],
  ['2026-10-25', '2026-10-25T09:00:00.000Z'],
])('nine in London on %s is %s', (day, instant) => {
  expect(londonHourOf(day, 9).toISOString()).toBe(instant);
});

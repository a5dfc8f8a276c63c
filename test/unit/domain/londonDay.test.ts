import fc from 'fast-check';
import { isCalendarDay, londonDay, startOfNextLondonDay } from '../../../functions/src/domain/londonDay';

describe('isCalendarDay', () => {
  it.each(['2026-01-31', '2028-02-29', '2026-12-31'])('takes %s', (day) => {
    expect(isCalendarDay(day)).toBe(true);
  });

  it.each(['2026-02-29', '2026-02-30', '2026-13-01', '2026-00-10', '2026-04-31'])('refuses %s', (day) => {
    expect(isCalendarDay(day)).toBe(false);
  });
});

describe('londonDay', () => {
  it.each([
    ['2026-01-15T23:59:59.999Z', '2026-01-15', 'winter, the last moment'],
    ['2026-01-16T00:00:00.000Z', '2026-01-16', 'winter, midnight'],
    ['2026-07-15T22:59:59.999Z', '2026-07-15', 'summer, the last moment'],
    ['2026-07-15T23:00:00.000Z', '2026-07-16', 'summer, midnight'],
    ['2026-03-28T23:59:59.999Z', '2026-03-28', 'the night before the clocks go forward'],
    ['2026-03-29T00:30:00.000Z', '2026-03-29', 'the hour before the clocks go forward'],
    ['2026-03-29T22:59:59.999Z', '2026-03-29', 'the end of the short day'],
    ['2026-03-29T23:00:00.000Z', '2026-03-30', 'after the short day'],
    ['2026-10-24T22:59:59.999Z', '2026-10-24', 'the night before the clocks go back'],
    ['2026-10-25T00:30:00.000Z', '2026-10-25', 'the hour that comes twice, first'],
    ['2026-10-25T01:30:00.000Z', '2026-10-25', 'the hour that comes twice, again'],
    ['2026-10-25T23:59:59.999Z', '2026-10-25', 'the end of the long day'],
    ['2026-12-31T23:59:59.999Z', '2026-12-31', 'the last moment of the year'],
    ['2027-01-01T00:00:00.000Z', '2027-01-01', 'the first moment of the year'],
    ['2028-02-29T12:00:00.000Z', '2028-02-29', 'a leap day'],
  ])('of %s is %s (%s)', (instant, day) => {
    expect(londonDay(new Date(instant))).toBe(day);
  });

  it.each([
    ['2026-01-15', '2026-01-16T00:00:00.000Z'],
    ['2026-07-15', '2026-07-15T23:00:00.000Z'],
    ['2026-03-28', '2026-03-29T00:00:00.000Z'],
    ['2026-03-29', '2026-03-29T23:00:00.000Z'],
    ['2026-10-24', '2026-10-24T23:00:00.000Z'],
    ['2026-10-25', '2026-10-26T00:00:00.000Z'],
    ['2026-12-31', '2027-01-01T00:00:00.000Z'],
    ['2028-02-28', '2028-02-29T00:00:00.000Z'],
    ['2027-02-28', '2027-03-01T00:00:00.000Z'],
  ])('after %s begins at %s', (day, instant) => {
    expect(startOfNextLondonDay(day).toISOString()).toBe(instant);
  });

  it('ends exactly where the next one begins, every day', () => {
    const instants = fc.date({
      min: new Date('1996-01-01'),
      max: new Date('2080-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (instant) => {
        const day = londonDay(instant);
        const end = startOfNextLondonDay(day);
        expect(end.getTime()).toBeGreaterThan(instant.getTime());
        expect(londonDay(new Date(end.getTime() - 1))).toBe(day);
        expect(londonDay(end) > day).toBe(true);
        const hours = (end.getTime() - instant.getTime()) / 3_600_000;
        expect(hours).toBeLessThanOrEqual(25);
      }),
    );
  });
});

import { ageTicks, countTicks, timeTicks } from '../../../console/src/domain/chartTicks';
import { duration } from '../../../console/src/domain/words';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

describe("the ticks of the console's charts", () => {
  it.each([
    [0, [0, 1, 2, 3, 4, 5]],
    [6, [0, 2, 4, 6]],
    [42, [0, 10, 20, 30, 40, 50]],
    [1_001, [0, 500, 1_000, 1_500]],
  ])('count to no less than %p', (max, ticks) => expect(countTicks(max)).toEqual(ticks));

  it.each([
    [0, ['0 s', '20 s', '40 s', '1 min']],
    [50 * MINUTE, ['0 s', '10 min', '20 min', '30 min', '40 min', '50 min']],
    [9 * HOUR, ['0 s', '2 h', '4 h', '6 h', '8 h', '10 h']],
    [11 * 24 * HOUR, ['0 s', '5 d', '10 d', '15 d']],
  ])('name ages up to %p s in whole units', (max, words) =>
    expect(ageTicks(max).map((seconds) => duration(seconds * 1_000))).toEqual(words),
  );

  it('are few, whatever they have to reach', () => {
    for (let max = 1; max < 1e9; max *= 1.7) {
      for (const ticks of [countTicks(max), ageTicks(max)]) {
        expect([max, ticks.length <= 6, (ticks.at(-1) ?? 0) >= max]).toEqual([max, true, true]);
      }
    }
  });

  it('lie at whole hours of the clock on the wall, and at midnight in a week', () => {
    const from = new Date('2026-11-29T10:35:00').getTime();
    const shown = (ticks: readonly number[]): string[] =>
      ticks.map((at) => new Date(at).toLocaleString('en-GB', { dateStyle: 'short', timeStyle: 'short' }));
    expect(shown(timeTicks(from, from + 23 * HOUR * 1_000))).toEqual([
      '29/11/2026, 12:00',
      '29/11/2026, 18:00',
      '30/11/2026, 00:00',
      '30/11/2026, 06:00',
    ]);
    const week = shown(timeTicks(from, from + 7 * 24 * HOUR * 1_000));
    expect(week.length).toBeGreaterThanOrEqual(3);
    expect(week.filter((at) => !at.endsWith(', 00:00'))).toEqual([]);
    // A single sample has no length.
    expect(shown(timeTicks(from, from))).toEqual(['29/11/2026, 10:35']);
  });
});

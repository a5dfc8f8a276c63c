import { isLate, JOBS } from '../../../console/src/domain/jobs';
import { type QueueSample, samplesSince, withSample } from '../../../console/src/domain/queueSamples';
import { hashOf, routeOf } from '../../../console/src/domain/route';
import { ago, duration, money } from '../../../console/src/domain/words';
import { JOBS as DEPLOYED } from '../../../local/jobs/jobs';

const MINUTE = 60_000;

describe("the console's words", () => {
  it.each([
    [0, '0 s'],
    [999, '0 s'],
    [59_999, '59 s'],
    [MINUTE, '1 min'],
    [59 * MINUTE, '59 min'],
    [25 * 60 * MINUTE, '1 d'],
    [-90 * MINUTE, '1 h'],
  ])('%p ms is %p', (ms, words) => expect(duration(ms)).toBe(words));

  it('tells the past from the future', () => {
    const now = new Date('2026-11-30T12:00:00Z');
    const at = (ms: number): string => ago(new Date(now.getTime() + ms), now);
    expect([at(-5_000), at(400), at(3 * MINUTE)]).toEqual(['5 s ago', 'now', 'in 3 min']);
  });

  it('writes minor units as their currency does, and shows what is no currency as it is', () => {
    expect([money(123_456, 'GBP'), money(500, 'JPY'), money(7, 'nothing')]).toEqual([
      '£1,234.56',
      'JP¥500',
      '7 nothing',
    ]);
  });
});

describe("the console's addresses", () => {
  it.each(['inv_1', 'a/b', 'ünïcode id', '50%'])('lead back to %p', (id) => {
    expect(routeOf(hashOf('invoice', id))).toEqual({ page: 'invoice', detail: id });
  });

  it.each(['', '#', '#/nothing', '#//x'])('%p is the first page', (hash) => {
    expect(routeOf(hash)).toEqual({ page: 'queues', detail: '' });
  });

  it('that cannot be read name nothing', () => {
    expect(routeOf('#/invoice/%E0%A4')).toEqual({ page: 'invoice', detail: '' });
  });
});

describe("the console's jobs", () => {
  it('are those that are deployed', () => {
    expect(JOBS.map(({ name }) => name).sort()).toEqual(Object.keys(DEPLOYED).sort());
  });

  it('are late once a run was missed, and no sooner', () => {
    const now = new Date('2026-11-30T12:00:00Z');
    const late = (minutes: number): boolean => isLate(60, new Date(now.getTime() - minutes * MINUTE), now);
    expect([late(61), late(130), late(131)]).toEqual([false, false, true]);
  });
});

describe("the console's samples", () => {
  const sample = (at: number): QueueSample => ({ at, sizes: {} });

  it('are those of the runs and its own, in order, none too old', () => {
    const times = samplesSince([sample(5), sample(1)], [sample(3), sample(9)], 3).map(({ at }) => at);
    expect(times).toEqual([3, 5, 9]);
  });

  it('do not grow for ever: a day of one in ten seconds is kept', () => {
    let seen: readonly QueueSample[] = [];
    for (let at = 0; at < 8_700; at += 1) seen = withSample(seen, sample(at));
    expect([seen.length, seen[0]?.at, seen.at(-1)?.at]).toEqual([8_640, 60, 8_699]);
  });
});

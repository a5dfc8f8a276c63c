import { isBankHoliday } from '../../../functions/src/domain/gate/bankHolidays';
import { type Nation } from '../../../functions/src/domain/gate/nations';
import { nextMoment } from '../../../functions/src/domain/gate/nextMoment';
import { type Differences, gateInput } from './gateInputs';

const STEPS = { frequency: true, hours: true };

function next(now: string, channel: 'sms' | 'email' = 'sms', differences: Differences = {}): string | null {
  const input = gateInput('dunning', { ...differences, now: new Date(now), message: { channel } });
  return nextMoment(input, STEPS)?.at.toISOString().replace(':00.000Z', 'Z') ?? null;
}

describe('the next permitted moment', () => {
  it.each<[string, 'sms' | 'email', string, string]>([
    ['a Tuesday at ten', 'sms', '2026-11-24T10:00Z', '2026-11-24T10:00Z'],
    ['before nine', 'sms', '2026-11-24T08:59:59.999Z', '2026-11-24T09:00Z'],
    ['at nine', 'sms', '2026-11-24T09:00Z', '2026-11-24T09:00Z'],
    ['at eight, by e-mail', 'email', '2026-11-24T08:00Z', '2026-11-24T08:00Z'],
    ['before eight, by e-mail', 'email', '2026-11-24T07:59Z', '2026-11-24T08:00Z'],
    ['just in time', 'sms', '2026-11-24T17:59:29.999Z', '2026-11-24T17:59:29.999Z'],
    ['too close to six', 'sms', '2026-11-24T17:59:30Z', '2026-11-25T09:00Z'],
    ['at six', 'sms', '2026-11-24T18:00Z', '2026-11-25T09:00Z'],
    ['just before seven, by e-mail', 'email', '2026-11-24T18:59:59.999Z', '2026-11-24T18:59:59.999Z'],
    ['at seven, by e-mail', 'email', '2026-11-24T19:00Z', '2026-11-25T08:00Z'],
    ['a Friday evening', 'sms', '2026-11-27T18:30Z', '2026-11-30T09:00Z'],
    ['a Saturday', 'sms', '2026-11-28T11:00Z', '2026-11-30T09:00Z'],
    ['a Saturday, by e-mail', 'email', '2026-11-28T11:00Z', '2026-11-28T11:00Z'],
    ['a Saturday evening, by e-mail', 'email', '2026-11-28T19:30Z', '2026-11-30T08:00Z'],
    ['in summer', 'sms', '2026-07-01T07:59Z', '2026-07-01T08:00Z'],
    ['a summer evening', 'sms', '2026-07-01T17:00Z', '2026-07-02T08:00Z'],
    // Clocks go forward in the night to 29 March, and back in that to 25 October.
    ['before the short night', 'sms', '2026-03-27T18:30Z', '2026-03-30T08:00Z'],
    ['in the short night, by e-mail', 'email', '2026-03-28T23:30Z', '2026-03-30T07:00Z'],
    ['before the long night', 'sms', '2026-10-23T17:30Z', '2026-10-26T09:00Z'],
    ['in the long night, by e-mail', 'email', '2026-10-25T00:30Z', '2026-10-26T08:00Z'],
    // Christmas Eve is a Thursday; Christmas, the weekend, the substitute day.
    ['Christmas Eve, after six', 'sms', '2026-12-24T18:30Z', '2026-12-29T09:00Z'],
    ['Christmas', 'email', '2026-12-25T10:00Z', '2026-12-29T08:00Z'],
    ['the substitute for Boxing Day', 'sms', '2026-12-28T10:00Z', '2026-12-29T09:00Z'],
    ["New Year's Eve", 'sms', '2026-12-31T18:30Z', '2027-01-04T09:00Z'],
    ['before Easter', 'sms', '2026-04-02T17:30Z', '2026-04-07T08:00Z'],
    ['Easter Monday', 'email', '2026-04-06T10:00Z', '2026-04-07T07:00Z'],
  ])('%s (%s)', (_when, channel, now, expected) => {
    expect(next(now, channel)).toBe(expected);
  });

  it.each<[string, string, string, string]>([
    ['America/New_York', '2026-11-24T10:00Z', '2026-11-24T14:00Z', 'five in the morning there'],
    ['Australia/Sydney', '2026-11-24T10:00Z', '2026-11-24T22:00Z', 'nine in the evening there'],
    ['Pacific/Kiritimati', '2026-11-27T10:00Z', '2026-11-29T19:00Z', 'Saturday there already'],
    ['Asia/Kathmandu', '2026-11-24T03:00Z', '2026-11-24T03:15Z', 'a zone of quarters'],
    ['America/New_York', '2026-03-06T23:30Z', '2026-03-09T13:00Z', 'their clocks change on 8 March'],
    ['Mars/Phobos', '2026-11-24T18:00Z', '2026-11-25T09:00Z', 'no such zone: London'],
    ['local', '2026-07-01T17:30Z', '2026-07-02T08:00Z', "no zone either, and not the server's"],
    ['', '2026-07-01T17:30Z', '2026-07-02T08:00Z', 'no zone'],
  ])('in %s', (zone, now, expected) => {
    expect(next(now, 'sms', { recipient: { zone } })).toBe(expected);
  });

  it.each<[string, Nation, boolean]>([
    ['2026-12-25', 'england-and-wales', true],
    ['2026-12-26', 'england-and-wales', true],
    ['2026-12-28', 'england-and-wales', true],
    ['2026-12-29', 'england-and-wales', false],
    ['2027-12-27', 'england-and-wales', true],
    ['2027-12-28', 'england-and-wales', true],
    ['2026-04-03', 'england-and-wales', true],
    ['2026-04-06', 'england-and-wales', true],
    ['2026-04-06', 'scotland', false],
    ['2026-04-06', 'northern-ireland', true],
    ['2026-01-02', 'scotland', true],
    ['2026-01-02', 'england-and-wales', false],
    ['2028-01-03', 'scotland', true],
    ['2028-01-04', 'scotland', true],
    ['2028-01-04', 'england-and-wales', false],
    ['2026-11-30', 'scotland', true],
    ['2026-11-30', 'england-and-wales', false],
    ['2025-12-01', 'scotland', true],
    ['2026-03-17', 'northern-ireland', true],
    ['2026-03-17', 'scotland', false],
    ['2026-07-13', 'northern-ireland', true],
    ['2026-08-31', 'england-and-wales', true],
    ['2026-08-31', 'scotland', false],
    ['2026-08-03', 'scotland', true],
    ['2026-05-04', 'england-and-wales', true],
    ['2026-05-25', 'scotland', true],
  ])('%s is a bank holiday in %s: %s', (day, nation, expected) => {
    expect(isBankHoliday(day, nation)).toBe(expected);
    if (new Date(day).getUTCDay() % 6 === 0) return;
    const at = `${day}T10:00Z`;
    expect(next(at, 'email', { recipient: { nation } }) === at).toBe(!expected);
  });

  it("respects an operator's own holidays", () => {
    expect(next('2026-11-24T10:00Z', 'sms', { policy: { extraHolidays: ['2026-11-24'] } })).toBe(
      '2026-11-25T09:00Z',
    );
  });

  it('never lets the carriers hold a text message past closing', () => {
    for (const day of ['2026-03-30', '2026-07-01', '2026-10-26', '2026-11-24']) {
      const midnight = Date.parse(`${day}T00:00:00Z`);
      const closes = midnight + (day.includes('-07-') || day === '2026-03-30' ? 17 : 18) * 3_600_000;
      // Second by second before closing, and a look at the rest of the day.
      const atClosing = Array.from({ length: 700 }, (_, n) => (closes - midnight) / 1_000 - 650 + n);
      const atOtherTimes = Array.from({ length: 96 }, (_, n) => n * 900);
      for (const second of [...atOtherTimes, ...atClosing]) {
        const now = new Date(midnight + second * 1_000 + 999);
        const moment = nextMoment(gateInput('dunning', { now }), STEPS);
        if (moment?.at.getTime() !== now.getTime()) continue;
        // The provider has it within ten seconds of the claim.
        expect(now.getTime() + 10_000 + moment.validitySeconds * 1_000).toBeLessThanOrEqual(closes);
        expect(moment.validitySeconds).toBeGreaterThanOrEqual(20);
        expect(moment.validitySeconds).toBeLessThanOrEqual(600);
      }
    }
  });

  it.each<[string, string[], string]>([
    ['written to an hour ago', ['2026-11-24T09:00Z'], '2026-11-25T09:00Z'],
    ['written to at midnight', ['2026-11-24T00:00Z'], '2026-11-25T09:00Z'],
    ['written to yesterday, late', ['2026-11-23T23:59:59Z'], '2026-11-24T10:00Z'],
    ['twice in a week', ['2026-11-22T09:00Z', '2026-11-23T09:00Z'], '2026-11-24T10:00Z'],
    [
      'thrice in a week',
      ['2026-11-19T15:00Z', '2026-11-20T10:00Z', '2026-11-23T10:00Z'],
      '2026-11-26T15:00Z',
    ],
    [
      'the first a week ago to the second',
      ['2026-11-17T10:00:00Z', '2026-11-20T10:00Z', '2026-11-23T10:00Z'],
      '2026-11-24T10:00Z',
    ],
    [
      'the first a week ago less a second: an odd moment, but a permitted one',
      ['2026-11-17T10:00:01Z', '2026-11-20T10:00Z', '2026-11-23T10:00Z'],
      '2026-11-24T10:00:01.000Z',
    ],
    [
      'a free slot that comes at night',
      ['2026-11-18T20:00Z', '2026-11-20T10:00Z', '2026-11-23T10:00Z'],
      '2026-11-26T09:00Z',
    ],
    [
      'more than the cap: it was higher once',
      ['2026-11-19T10:00Z', '2026-11-20T10:00Z', '2026-11-21T10:00Z', '2026-11-23T10:00Z'],
      '2026-11-27T10:00Z',
    ],
  ])('%s', (_what, sends, expected) => {
    expect(next('2026-11-24T10:00Z', 'sms', { recipient: { sends: sends.map((at) => new Date(at)) } })).toBe(
      expected,
    );
  });

  it("counts the recipient's days, not ours", () => {
    // 23 November, 20:00 in New York is 24 November in London.
    const recipient = { zone: 'America/New_York', sends: [new Date('2026-11-24T01:00:00Z')] };
    expect(next('2026-11-24T15:00Z', 'sms', { recipient })).toBe('2026-11-24T15:00Z');
  });

  it('is never, where no day is permitted', () => {
    expect(next('2026-11-24T10:00Z', 'sms', { policy: { contactHours: { sms: { days: [] } } } })).toBeNull();
  });
});

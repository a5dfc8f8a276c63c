import { type MessageFacts, wrongsOf } from './verdict';

const fine: MessageFacts = {
  outboxId: 'm1',
  address: '+447700900001',
  capped: true,
  status: 'sent',
  isFinal: true,
  claims: [{ attemptId: 'a1', at: 100, day: '2026-11-24' }],
  accepted: 1,
  expired: 0,
  voices: [
    {
      name: 'STOP',
      said: [
        { at: 20, no: true },
        { at: 50, no: false },
        { at: 150, no: true },
      ],
    },
  ],
};
const second = { attemptId: 'a2', at: 200, day: '2026-11-25' };

describe('the judge of the property tests', () => {
  it('has nothing against a claim after a lifted "no" and before a new one', () => {
    expect(wrongsOf([fine])).toEqual([]);
  });

  it.each<[string, Partial<MessageFacts>, RegExp]>([
    [
      'a claim after a "no"',
      { voices: [{ name: 'STOP', said: [{ at: 99, no: true }] }] },
      /after the "no" of STOP/,
    ],
    [
      'a "no" that was seen out of order',
      {
        voices: [
          {
            name: 'pause',
            said: [
              { at: 90, no: true },
              { at: 10, no: false },
            ],
          },
        ],
      },
      /after the "no" of pause/,
    ],
    ['a repeated claim after a "no"', { claims: [...fine.claims, second] }, /claimed at 200 after the "no"/],
    ['two acceptances', { accepted: 2 }, /accepted 2 times/],
    ['an acceptance without a claim', { claims: [] }, /more often than it was claimed/],
    ['a message that hangs', { status: 'sending', isFinal: false }, /left sending/],
    ['a message that nobody took', { accepted: 0 }, /nobody took it/],
    ['a message that was taken, and is cancelled', { status: 'cancelled' }, /and is cancelled/],
  ])('sees %s', (_, change, wrong) => {
    expect(wrongsOf([{ ...fine, ...change }])).toContainEqual(expect.stringMatching(wrong));
  });

  it('sees two reminders to one address on one day, whoever sent them, and not other messages', () => {
    const other = { ...fine, outboxId: 'm2' };
    expect(wrongsOf([fine, other])).toEqual(['2 reminders to +447700900001 on 2026-11-24']);
    expect(wrongsOf([fine, { ...other, capped: false }])).toEqual([]);
    expect(wrongsOf([fine, { ...other, claims: [{ ...second, at: 120 }] }])).toEqual([]);
  });
});

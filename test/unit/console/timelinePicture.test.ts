import fc from 'fast-check';
import { lanes, type PictureRow, timelinePicture } from '../../../console/src/domain/timelinePicture';
import { type TimelineEntry } from '../../../console/src/store/calls';

const START = Date.parse('2026-11-02T10:00:00Z');
const KINDS = ['invoice', 'chase', 'message', 'gate', 'callback', 'payment', 'claim'] as const;

function entry(minute: number, kind: TimelineEntry['kind'], id: string): TimelineEntry {
  const at = new Date(START + minute * 60_000).toISOString();
  return { at, kind, id, what: 'something', channel: null, level: null, reason: null, amount: null };
}

const inWords = (rows: readonly PictureRow[]): string[] =>
  rows.map((row) => {
    const strands = row.strands
      .map(({ thread, part, from, to }) => `${thread} ${part} ${from}${to}`)
      .join(', ');
    return `${row.kind === 'gap' ? row.words : (lanes[row.lane] ?? '?')}: ${strands}`;
  });

describe('the picture of a timeline', () => {
  it('gives the invoice one strand and each message its own, through the gate', () => {
    const picture = timelinePicture([
      entry(0, 'invoice', 'inv'),
      entry(1, 'message', 'm'),
      entry(2, 'gate', 'm'),
      entry(3, 'message', 'm'),
      entry(4, 'callback', 'evt'),
      entry(200, 'payment', 'pi'),
    ]);
    expect(inWords(picture)).toEqual([
      'invoice: life bottom 00',
      'message: life whole 00, message m bottom 22',
      'gate: life whole 00, message m top 23, message m bottom 33',
      'message: life whole 00, message m top 32',
      'callback: life whole 00',
      '3 h later: life whole 00',
      'money: life top 05',
    ]);
  });

  it('joins up: what leaves a row at its end arrives at the top of the next, whatever happens', () => {
    const entries = fc
      .array(
        fc.tuple(fc.integer({ min: 0, max: 500 }), fc.constantFrom(...KINDS), fc.constantFrom('a', 'b', 'c')),
      )
      .map((all) => all.sort(([one], [other]) => one - other).map((one) => entry(...one)));
    fc.assert(
      fc.property(entries, (all) => {
        const rows = timelinePicture(all);
        expect(rows.filter(({ kind }) => kind === 'entry').length).toBe(all.length);
        let leaving: string[] = [];
        for (const { strands } of rows) {
          const arriving = strands
            .filter(({ part }) => part !== 'bottom')
            .map(({ thread, from }) => `${thread} ${from}`);
          expect(arriving.sort()).toEqual(leaving.sort());
          leaving = strands.filter(({ part }) => part !== 'top').map(({ thread, to }) => `${thread} ${to}`);
        }
        expect(leaving).toEqual([]);
      }),
    );
  });
});

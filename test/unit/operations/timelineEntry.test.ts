import { inOrder, type TimelineEntry } from '../../../functions/src/domain/invoice/timelineEntry';

function entry(at: string, kind: TimelineEntry['kind'], id: string): TimelineEntry {
  return { at, kind, id, what: 'sent', channel: null, level: null, reason: null, amount: null };
}

describe('the timeline of an invoice', () => {
  it('tells what came first, then the cause before what follows from it, then by id', () => {
    const told = [
      entry('2026-03-01T00:00:00.000Z', 'message', 'z'),
      entry('2026-03-02T00:00:00.000Z', 'invoice', 'a'),
      entry('2026-03-02T00:00:00.000Z', 'payment', 'b'),
      entry('2026-03-02T00:00:00.000Z', 'message', 'c'),
      entry('2026-03-02T00:00:00.000Z', 'message', 'd'),
    ];
    expect(inOrder([...told].reverse())).toEqual(told);
  });
});

import fc from 'fast-check';
import { decideOptOut } from '../../../functions/src/domain/optOut/decideOptOut';
import { type OptOut } from '../../../functions/src/domain/optOut/optOut';

interface Word {
  readonly action: 'opt_out' | 'opt_in';
  readonly saidAt: Date;
}

/** A number's record after these words were applied in this order. */
function recordAfter(words: readonly Word[]): OptOut | null {
  let record: OptOut | null = null;
  for (const { action, saidAt } of words) {
    const decision = decideOptOut(record, action, saidAt);
    const before: OptOut = record ?? { phoneNumber: '+447700900123', status: 'opted_in' };
    if (decision.kind === 'opt_in') record = { ...before, status: 'opted_in', optedInAt: decision.optedInAt };
    if (decision.kind === 'opt_out') {
      record = { ...before, status: 'opted_out', optedOutAt: saidAt, lastOptOutAt: saidAt };
    }
    if (decision.kind === 'still_opted_out') record = { ...before, lastOptOutAt: decision.lastOptOutAt };
  }
  return record;
}

const word = fc.record({ action: fc.constantFrom('opt_out' as const, 'opt_in' as const), at: fc.nat(1_000) });
const words = fc
  .uniqueArray(word, { selector: ({ at }) => at, minLength: 1, maxLength: 8 })
  .map((all) => all.map(({ action, at }): Word => ({ action, saidAt: new Date(at * 1_000) })));

describe('STOP and START', () => {
  it('end with the last word that was said, in whatever order they are applied', () => {
    fc.assert(
      fc.property(words, (applied) => {
        const [last] = [...applied].sort((a, b) => b.saidAt.getTime() - a.saidAt.getTime());
        expect(recordAfter(applied)?.status).toBe(last?.action === 'opt_out' ? 'opted_out' : 'opted_in');
      }),
      { numRuns: 5_000 },
    );
  });

  it('a number whose record holds no times says no until a START', () => {
    const record: OptOut = { phoneNumber: '+447700900123', status: 'opted_out' };
    expect(decideOptOut(record, 'opt_in', new Date(1))).toEqual({ kind: 'opt_in', optedInAt: new Date(1) });
    expect(decideOptOut(record, 'opt_out', new Date(1)).kind).toBe('still_opted_out');
  });
});

import fc from 'fast-check';
import { decideGate } from '../../../functions/src/domain/gate/decideGate';
import { type GateInput } from '../../../functions/src/domain/gate/gateInput';
import { pureRuns } from '../../support/propertyRuns';
import { gateInputs } from './gateArbitraries';
import { hasHours, isContactTime, isQuotaUsedUp, keepsCaps, msToClosing, nosOf } from './gateOracle';

const SEVEN_DAYS_MS = 7 * 24 * 60 * 60 * 1000;

describe('the send gate, whatever it is asked', () => {
  const seen = { pass: 0, defer: 0, refuse: 0 };
  const ask = (input: GateInput): ReturnType<typeof decideGate> => {
    const answer = decideGate(input);
    seen[answer.kind] += 1;
    return answer;
  };
  const holdsFor = (check: (input: GateInput) => void): void => {
    fc.assert(fc.property(gateInputs, check), pureRuns);
  };

  it('lets nothing pass to which any "no" applies, and refuses nothing without one', () => {
    holdsFor((input) => {
      const answer = ask(input);
      const nos = nosOf(input);
      if (answer.kind === 'pass') expect(nos).toEqual([]);
      else expect(nos).not.toEqual([]);
    });
  });

  it('defers only what nothing else speaks against, and at most to the seventh day', () => {
    holdsFor((input) => {
      const answer = ask(input);
      if (answer.kind !== 'defer') return;
      const lasting = nosOf(input).filter(
        (no) => !['too often', 'outside contact hours', 'quota used up'].includes(no),
      );
      expect(lasting).toEqual([]);
      expect(answer.notBefore.getTime()).toBeGreaterThan(input.now.getTime());
      expect(answer.notBefore.getTime() - input.message.createdAt.getTime()).toBeLessThanOrEqual(
        SEVEN_DAYS_MS,
      );
    });
  });

  it('defers to a moment at which it lets the message pass, if nothing has changed', () => {
    holdsFor((input) => {
      const answer = ask(input);
      if (answer.kind !== 'defer') return;
      const then = { ...input, now: answer.notBefore };
      const again = decideGate(then);
      // Only what depends on more than the moment may still say no.
      if (isQuotaUsedUp(input) && input.message.class === 'dunning')
        expect(again).toMatchObject({ reason: 'quota_used_up' });
      else if (again.kind === 'refuse') expect(again.reason).toBe('overdue_already');
      else expect(again.kind).toBe('pass');
    });
  });

  it('defers to the first such moment: a millisecond earlier the caps or the hours forbid it', () => {
    holdsFor((input) => {
      const answer = ask(input);
      if (answer.kind !== 'defer') return;
      const before = new Date(answer.notBefore.getTime() - 1);
      const allowed = keepsCaps(input, before) && (!hasHours(input) || isContactTime(input, before));
      expect({ allowed, before, input }).toMatchObject({ allowed: false });
    });
  });

  it('gives a text message no longer than to closing time, the send included, and never more than policy', () => {
    holdsFor((input) => {
      const answer = ask(input);
      if (answer.kind !== 'pass' || input.message.channel !== 'sms') return;
      const { validitySeconds } = answer;
      expect(validitySeconds).toBeLessThanOrEqual(Math.min(600, input.policy.smsValiditySeconds));
      expect(validitySeconds).toBeGreaterThanOrEqual(20);
      if (hasHours(input))
        expect((validitySeconds + 10) * 1_000).toBeLessThanOrEqual(msToClosing(input, input.now));
    });
  });

  it('begins nothing more in the last half minute for a text message, and after closing time for an e-mail', () => {
    holdsFor((input) => {
      if (ask(input).kind !== 'pass' || !hasHours(input)) return;
      const reserve = input.message.channel === 'sms' ? 30_000 : 0;
      const last = input.now.getTime() + msToClosing(input, input.now) - reserve;
      const at = (ms: number): ReturnType<typeof decideGate> =>
        decideGate({
          ...input,
          now: new Date(ms),
          message: { ...input.message, createdAt: new Date(ms) },
          recipient: { ...input.recipient, sends: [] },
        });
      expect(at(last).kind).not.toBe('pass');
      expect(['pass', 'refuse']).toContain(at(last - 1).kind);
    });
  });

  it('was asked for enough of each answer', () => {
    expect(seen.pass).toBeGreaterThan(500);
    expect(seen.defer).toBeGreaterThan(500);
    expect(seen.refuse).toBeGreaterThan(500);
  });
});

import { decideGate } from '../../../functions/src/domain/gate/decideGate';
import { type GateDecision } from '../../../functions/src/domain/gate/gateDecision';
import { type GateInput } from '../../../functions/src/domain/gate/gateInput';
import { type MessageClass } from '../../../functions/src/domain/messages/messageTemplates';
import { type Differences, gateInput, NOES, NOW } from './gateInputs';

const short = (decision: GateDecision): string =>
  decision.kind === 'refuse' ? decision.reason : decision.kind;
const decide = (messageClass: MessageClass, differences: Differences = {}): GateDecision =>
  decideGate(gateInput(messageClass, differences));

/** The steps of a "no" that count for a class, by the business rules; a courtesy note has no level and no quota. */
const COUNTS: Record<MessageClass, (step: string) => boolean> = {
  dunning: (step) => step !== '2 no consent',
  courtesy: (step) => step !== '2 no consent' && step !== '1 level passed' && !step.startsWith('6'),
  debtor_service: (step) => step.startsWith('2 account') || step.startsWith('3') || step.startsWith('5'),
  freelancer_notice: (step) => step === '3 suppressed' || step === '3 unusable',
  marketing: (step) =>
    step.startsWith('2 account') || step === '2 no consent' || step.startsWith('3') || step.startsWith('4'),
};
const CLASSES = Object.keys(COUNTS) as MessageClass[];

describe('the send gate', () => {
  it.each(CLASSES)('lets a %s go that nothing speaks against', (messageClass) => {
    expect(decide(messageClass)).toEqual({
      kind: 'pass',
      countsSend: messageClass !== 'debtor_service' && messageClass !== 'freelancer_notice',
      countsQuota: messageClass === 'dunning',
      quotaLimit: 50,
      validitySeconds: 600,
    });
  });

  describe.each(CLASSES)('%s', (messageClass) => {
    it.each(NOES)('%s', (step, differences, reason) => {
      expect(short(decide(messageClass, differences))).toBe(COUNTS[messageClass](step) ? reason : 'pass');
    });
  });

  it('gives the reason of the first step, whatever else speaks against it', () => {
    const merged = (from: number, to: number): Differences =>
      NOES.slice(from, to).reduce<Differences>((all, [, one]) => mergeDifferences(all, one), {});
    for (let from = 3; from < NOES.length; from += 1) {
      const [step = '', own = {}, reason] = NOES[from] ?? [];
      if (!COUNTS.dunning(step)) continue;
      // Later "no"s under it: where two say something of the same field, the first one's stands.
      const input = mergeDifferences(merged(from + 1, NOES.length), own);
      // A pause has one reason at a time.
      if (step.startsWith('1') && step !== '1 level passed') continue;
      expect([step, short(decide('dunning', input))]).toEqual([step, reason]);
    }
  });

  it.each<[Differences, string]>([
    [
      { recipient: { optedOut: true, optedOutAt: new Date('2026-03-01T12:00:00Z') } },
      'This phone number opted out on 1 March 2026. Cannot send SMS.',
    ],
    // Midnight in London, not in Greenwich.
    [
      { recipient: { optedOut: true, optedOutAt: new Date('2026-06-30T23:30:00Z') } },
      'This phone number opted out on 1 July 2026. Cannot send SMS.',
    ],
    [{ recipient: { optedOut: true, optedOutAt: null } }, 'This phone number opted out. Cannot send SMS.'],
    [{ freelancer: { optedOut: { sms: true, email: false } } }, 'SMS sending is disabled for your account.'],
  ])('says it in these words', (differences, text) => {
    expect(decide('dunning', differences)).toMatchObject({ kind: 'refuse', status: 'suppressed', text });
  });

  it('cancels what nobody wants any more, and suppresses what somebody said no to', () => {
    for (const [step, differences] of NOES) {
      const decision = decide('dunning', differences);
      if (decision.kind !== 'refuse') continue;
      expect([step, decision.status]).toEqual([step, step.startsWith('1') ? 'cancelled' : 'suppressed']);
      expect(decision.text).toMatch(/^[A-Z].*\.$/);
    }
  });

  it.each<[Differences, string]>([
    [{ invoice: { status: 'overdue' } }, 'pass'],
    [{ invoice: { status: 'sent' }, chase: null, message: { level: 'pending' } }, 'pass'],
    [{ invoice: { status: 'disputed' } }, 'disputed'],
    [{ invoice: { status: 'draft' } }, 'invoice_not_open'],
    [{ invoice: { status: 'cancelled' } }, 'invoice_not_open'],
    [{ invoice: { status: 'refunded' } }, 'invoice_not_open'],
    [{ chase: null }, 'level_passed'],
    // By hand: of no level.
    [{ chase: { currentLevel: 'final' }, message: { level: null } }, 'pass'],
    [{ chase: { currentLevel: 'firm', isPaused: true, pauseReason: 'manual' } }, 'level_passed'],
  ])('is a reminder still wanted? %j: %s', (differences, expected) => {
    expect(short(decide('dunning', differences))).toBe(expected);
  });

  it.each<[Differences, string]>([
    [{ invoice: { dueDate: '2026-11-24' } }, 'pass'],
    [{ invoice: { dueDate: '2026-11-23' } }, 'overdue_already'],
    [{ invoice: { status: 'overdue' } }, 'overdue_already'],
    [{ invoice: { status: 'paid' } }, 'invoice_not_open'],
  ])('is a courtesy note still wanted? %j: %s', (differences, expected) => {
    expect(short(decide('courtesy', differences))).toBe(expected);
  });

  it.each<[MessageClass, 'sms' | 'email', string]>([
    ['dunning', 'email', 'defer'],
    ['courtesy', 'email', 'defer'],
    ['debtor_service', 'email', 'pass'],
    ['debtor_service', 'sms', 'defer'],
    ['freelancer_notice', 'email', 'pass'],
    ['marketing', 'email', 'pass'],
  ])('at night: %s by %s: %s', (messageClass, channel, expected) => {
    const now = new Date('2026-11-24T23:00:00Z');
    expect(short(decide(messageClass, { now, message: { channel } }))).toBe(expected);
  });

  it.each<[used: number, counted: boolean, limit: number | null, expected: string]>([
    [49, false, 50, 'pass'],
    [50, false, 50, 'quota_used_up'],
    [50, true, 50, 'pass'],
    [51, true, 50, 'pass'],
    [0, false, 0, 'quota_used_up'],
    [10_000, false, null, 'pass'],
  ])('quota: %i used, counted %s, limit %s: %s', (used, counted, limit, expected) => {
    const { freelancer } = gateInput('dunning');
    const plan = { channels: freelancer?.plan.channels ?? [], chasedInvoices: limit, agencyOffer: false };
    const decision = decide('dunning', { freelancer: { plan }, usage: { used, counted } });
    expect(short(decision)).toBe(expected);
    if (decision.kind === 'refuse')
      expect(decision.quota).toEqual({ used, limit, resetsAt: new Date('2026-12-01T00:00:00Z') });
  });

  it('waits a week at the most', () => {
    const DAY_MS = 24 * 60 * 60 * 1000;
    const age = (days: number): string =>
      short(decide('dunning', { message: { createdAt: new Date(NOW.getTime() - days * DAY_MS) } }));
    expect([age(6.9), age(7), age(7.01)]).toEqual(['pass', 'pass', 'stale']);
    // Not too old now, but at the next permitted moment.
    const sends = [new Date(NOW.getTime() - 60_000)];
    const createdAt = new Date(NOW.getTime() - 6.5 * DAY_MS);
    expect(short(decide('dunning', { message: { createdAt }, recipient: { sends } }))).toBe('stale');
  });

  it('never tells whose message used the slot', () => {
    const sends = [new Date(NOW.getTime() - 60_000)];
    expect(decide('dunning', { recipient: { sends } })).toEqual({
      kind: 'defer',
      notBefore: new Date('2026-11-25T09:00:00Z'),
    });
  });
});

function mergeDifferences(a: Differences, b: Differences): Differences {
  const both = (key: keyof GateInput & keyof Differences): object => {
    const [one, two] = [a[key], b[key]];
    if (two === null || one === null) return { [key]: two === undefined ? one : two };
    return one === undefined && two === undefined ? {} : { [key]: { ...one, ...two } };
  };
  return {
    ...both('message'),
    ...both('invoice'),
    ...both('chase'),
    ...both('freelancer'),
    ...both('recipient'),
    ...both('usage'),
    ...both('policy'),
  };
}

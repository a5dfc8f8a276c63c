import {
  decide,
  type EscalationAccount,
  type EscalationDecision,
} from '../../../functions/src/domain/escalation/decideEscalation';
import { type EscalationState } from '../../../functions/src/domain/invoice/escalationState';
import { type Invoice } from '../../../functions/src/domain/invoice/invoice';
import { anAccount, aState, chased, PLANS, POLICY } from './escalationInputs';

interface Given {
  readonly invoice?: Partial<Invoice>;
  readonly state?: Partial<EscalationState> | null;
  readonly account?: Partial<EscalationAccount> | null;
}

function decideAt(now: string, { invoice, state = {}, account = {} }: Given = {}): EscalationDecision {
  return decide(
    chased(invoice),
    state === null ? null : aState(state),
    account === null ? null : anAccount(account),
    POLICY,
    new Date(now),
  );
}

/** Level and channels, or why there was none. */
function short({ reached, reason }: EscalationDecision): string {
  return reached === null ? (reason ?? '') : [reached.level, ...reached.channels].join(' ');
}

const at = (instant: string): Date => new Date(instant);

describe('the level of an invoice that was due on 1 March', () => {
  // The clocks go forward on 29 March: from then on a day in London begins at 23:00 UTC.
  it.each([
    ['0 days', '2026-03-01T23:59:59Z', 'not_yet'],
    ['1 day', '2026-03-02T00:00:00Z', 'not_yet'],
    ['4 days, the last second', '2026-03-05T23:59:59Z', 'not_yet'],
    ['5 days', '2026-03-06T00:00:00Z', 'gentle email'],
    ['14 days, the last second', '2026-03-15T23:59:59Z', 'gentle email'],
    ['15 days', '2026-03-16T00:00:00Z', 'firm email sms'],
    ['29 days, the last second', '2026-03-30T22:59:59Z', 'firm email sms'],
    ['30 days, at midnight in summer time', '2026-03-30T23:00:00Z', 'final email sms'],
    ['59 days, the last second', '2026-04-29T22:59:59Z', 'final email sms'],
    ['60 days', '2026-04-29T23:00:00Z', 'agency'],
    ['a year', '2027-03-01T12:00:00Z', 'agency'],
  ])('after %s', (_days, now, expected) => {
    expect(short(decideAt(now))).toBe(expected);
    expect(short(decideAt(now, { state: null }))).toBe(expected);
  });

  it.each([
    ['4 days, over the night on which clocks go forward', '2026-03-25', '2026-03-29T22:59:59Z', 'not_yet'],
    ['5 days, that night', '2026-03-25', '2026-03-29T23:00:00Z', 'gentle email'],
    ['4 days, over the night on which clocks go back', '2026-10-21', '2026-10-25T23:59:59Z', 'not_yet'],
    ['5 days, that night', '2026-10-21', '2026-10-26T00:00:00Z', 'gentle email'],
    ['4 days, over a leap day', '2028-02-25', '2028-02-29T23:59:59Z', 'not_yet'],
    ['5 days, over a leap day', '2028-02-25', '2028-03-01T00:00:00Z', 'gentle email'],
  ])('after %s', (_days, dueDate, now, expected) => {
    expect(short(decideAt(now, { invoice: { dueDate } }))).toBe(expected);
  });

  it('is the highest one that applies, and tells which ones were passed over', () => {
    expect(decideAt('2026-03-31T12:00:00Z').reached?.skipped).toEqual(['gentle', 'firm']);
    expect(decideAt('2026-05-31T12:00:00Z').reached?.skipped).toEqual(['gentle', 'firm', 'final']);
    const state: Partial<EscalationState> = { currentLevel: 'gentle', sentLevels: ['gentle'] };
    expect(decideAt('2026-03-31T12:00:00Z', { state }).reached).toEqual({
      level: 'final',
      skipped: ['firm'],
      channels: ['email', 'sms'],
    });
  });

  it('is never one that the invoice or its chase has left behind', () => {
    const firmly: Partial<Invoice> = { status: 'in_collections', escalationLevel: 'firm' };
    expect(short(decideAt('2026-03-17T12:00:00Z', { invoice: firmly, state: null }))).toBe('not_yet');
    const state: Partial<EscalationState> = { currentLevel: 'final', sentLevels: ['final'] };
    expect(short(decideAt('2026-03-17T12:00:00Z', { state }))).toBe('not_yet');
  });

  it('is never one that was sent, whatever else the records say', () => {
    expect(short(decideAt('2026-03-17T12:00:00Z', { state: { sentLevels: ['firm'] } }))).toBe('gentle email');
  });

  it('makes the chase what it is from then on', () => {
    const now = '2026-03-16T06:00:00Z';
    const { state, status, nextActionAt } = decideAt(now, { invoice: { status: 'overdue' }, state: null });
    expect(status).toBe('in_collections');
    expect(state).toEqual({
      ...aState(),
      currentLevel: 'firm',
      sentLevels: ['firm'],
      lastEscalatedAt: at(now),
    });
    expect(nextActionAt).toEqual(at('2026-03-30T23:00:00Z'));
  });

  it('follows the last one by three days at least', () => {
    const state: Partial<EscalationState> = {
      currentLevel: 'gentle',
      sentLevels: ['gentle'],
      lastEscalatedAt: at('2026-03-15T06:00:00Z'),
    };
    const early = decideAt('2026-03-18T05:59:59Z', { state });
    expect(short(early)).toBe('gap');
    expect(early.nextActionAt).toEqual(at('2026-03-18T06:00:00Z'));
    expect(short(decideAt('2026-03-18T06:00:00Z', { state }))).toBe('firm email sms');
  });
});

describe('the channels of a level', () => {
  const FIRM = '2026-03-20T12:00:00Z';
  it.each<[string, Given, string]>([
    ['free', { account: { plan: PLANS.free } }, 'firm email'],
    ['starter', { account: { plan: PLANS.starter } }, 'firm email'],
    ['growth', { account: { plan: PLANS.growth } }, 'firm email sms'],
    ['pro', { account: { plan: PLANS.pro } }, 'firm email sms'],
    ['no number', { invoice: { clientPhone: null } }, 'firm email'],
    ['no e-mail address', { invoice: { clientEmail: '' } }, 'firm sms'],
    ['text messages switched off', { account: { optedOut: { sms: true, email: false } } }, 'firm email'],
    ['e-mails switched off', { account: { optedOut: { sms: false, email: true } } }, 'firm sms'],
    ['all switched off', { account: { optedOut: { sms: true, email: true } } }, 'no_channel'],
    ['no address at all', { invoice: { clientEmail: null, clientPhone: null } }, 'no_channel'],
  ])('%s: %j', (_what, given, expected) => {
    expect(short(decideAt(FIRM, given))).toBe(expected);
  });

  it.each([
    ['free', 'final email'],
    ['starter', 'final email'],
    ['growth', 'agency'],
    ['pro', 'agency'],
  ] as const)('after 60 days, on the plan %s: %s', (plan, expected) => {
    expect(short(decideAt('2026-05-15T12:00:00Z', { account: { plan: PLANS[plan] } }))).toBe(expected);
  });

  it('ends with the final notice where the plan has nothing after it', () => {
    const state: Partial<EscalationState> = { currentLevel: 'final', sentLevels: ['final'] };
    const decision = decideAt('2026-05-15T12:00:00Z', { state, account: { plan: PLANS.free } });
    expect(short(decision)).toBe('not_in_plan');
    expect(decision.nextActionAt).toBeNull();
  });
});

describe('a chase that may not go on', () => {
  const LATE = '2026-03-20T12:00:00Z';
  const MIDNIGHT = at('2026-03-21T00:00:00Z');
  it.each<[string, Given, string, Date | null]>([
    ['paid', { invoice: { status: 'paid' } }, 'not_open', null],
    ['disputed', { invoice: { status: 'disputed' } }, 'not_open', null],
    ['cancelled', { invoice: { status: 'cancelled' } }, 'not_open', null],
    ['refunded', { invoice: { status: 'refunded' } }, 'not_open', null],
    ['a draft', { invoice: { status: 'draft' } }, 'not_open', null],
    ['closed', { state: { closedAt: at('2026-03-10T00:00:00Z') } }, 'chase_closed', null],
    [
      'nothing left',
      { invoice: { payments: { pi_1: { amount: 10_000, refunded: 0, disputed: 0, disputeOpen: false } } } },
      'nothing_owed',
      null,
    ],
    ['no due date', { invoice: { dueDate: null } }, 'no_due_date', null],
    ['paused', { state: { isPaused: true } }, 'paused', null],
    [
      'paused until later',
      { state: { isPaused: true, pauseUntil: at('2026-03-20T12:00:01Z') } },
      'paused',
      at('2026-03-20T12:00:01Z'),
    ],
    ['claimed', { invoice: { paymentClaimStatus: 'pending_verification' } }, 'claimed', null],
    ['no account', { account: null }, 'account_inactive', MIDNIGHT],
    ['a closed account', { account: { active: false } }, 'account_inactive', MIDNIGHT],
    ['switched off', { account: { collectionsEnabled: false } }, 'collections_disabled', MIDNIGHT],
    ['switched off for it', { invoice: { collectionsEnabled: false } }, 'collections_disabled', MIDNIGHT],
  ])('%s', (_what, given, reason, next) => {
    const decision = decideAt(LATE, given);
    expect(short(decision)).toBe(reason);
    expect(decision.nextActionAt).toEqual(next);
    expect(decision.state?.sentLevels).toEqual([]);
  });

  it('still becomes overdue, and is looked at then', () => {
    const state = { isPaused: true, pauseReason: 'manual' } as const;
    const before = decideAt('2026-03-01T12:00:00Z', { state });
    expect([before.status, before.nextActionAt]).toEqual(['sent', at('2026-03-02T00:00:00Z')]);
    const after = decideAt('2026-03-02T00:00:00Z', { state });
    expect([after.status, after.nextActionAt]).toEqual(['overdue', null]);
  });

  it('goes on when its pause is over, at the level of the day', () => {
    const state = {
      isPaused: true,
      pauseReason: 'promise',
      pausedAt: at('2026-03-05T12:00:00Z'),
      pauseUntil: at(LATE),
    } as const;
    const decision = decideAt(LATE, { state });
    expect(decision).toMatchObject({
      resumed: true,
      reached: { level: 'firm', skipped: ['gentle'] },
      state: { isPaused: false, pauseReason: null, pausedAt: null, pauseUntil: null, currentLevel: 'firm' },
    });
  });

  it('asks for what is left after a part payment', () => {
    const payments = { pi_1: { amount: 4_000, refunded: 0, disputed: 0, disputeOpen: false } };
    expect(short(decideAt(LATE, { invoice: { payments } }))).toBe('firm email sms');
  });
});

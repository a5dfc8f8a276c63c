import { type GateFreelancer } from '../gate/gateInput';
import { amountLeft } from '../invoice/amountLeft';
import { debtorAddress } from '../invoice/debtorAddress';
import { type EscalationState, initialEscalationState } from '../invoice/escalationState';
import { type Invoice } from '../invoice/invoice';
import { statusByDate } from '../invoice/settleInvoice';
import { daysBetween, londonDay, startOfNextLondonDay } from '../londonDay';
import { channels, type Channel } from '../messages/outboxRow';
import { afterPause } from './afterPause';
import { type ActiveLevel, type EscalationPolicy, gapEnds } from './levelMoments';
import { levelOf } from './levelOf';
import { levelsAfter } from './levelsAfter';
import { nextActionAt } from './nextActionAt';

/** The freelancer's account, as far as the chase needs it; null where there is none. */
export type EscalationAccount = Pick<GateFreelancer, 'active' | 'collectionsEnabled' | 'optedOut' | 'plan'>;

/** Why a chase did not reach another level. */
export type NoLevelReason =
  | 'not_open'
  | 'chase_closed'
  | 'nothing_owed'
  | 'no_due_date'
  | 'claimed'
  | 'paused'
  | 'not_yet'
  | 'gap'
  | 'at_the_end'
  | 'account_inactive'
  | 'collections_disabled'
  | 'no_channel'
  | 'not_in_plan';

/** What the chase of one invoice comes to at one moment. */
export interface EscalationDecision {
  /** The level that is reached now; null when there is none, for this reason. */
  readonly reached: {
    readonly level: ActiveLevel;
    /** Levels that were passed over; they are never sent. */
    readonly skipped: readonly ActiveLevel[];
    /** By which the debtor is reminded; none at the level `agency`, which is the freelancer's matter. */
    readonly channels: readonly Channel[];
  } | null;
  readonly reason: NoLevelReason | null;
  /** A pause with an end has come to it; the chase goes on, or is back in an earlier pause. */
  readonly resumed: boolean;
  readonly status: Invoice['status'];
  /** The chase from now on; null while there is none and nothing begins it. */
  readonly state: EscalationState | null;
  /** Later than now, or null. */
  readonly nextActionAt: Date | null;
}

/**
 * What is to be done about one invoice now. Only the highest level that applies, once, and never a lower one: after an
 * outage or a pause there is one reminder and not a burst. Deciding twice changes nothing the second time.
 */
export function decide(
  invoice: Invoice,
  state: EscalationState | null,
  account: EscalationAccount | null,
  policy: EscalationPolicy,
  now: Date,
): EscalationDecision {
  const over = whyOver(invoice, state);
  if (over !== null) return { ...unchanged, reason: over, status: invoice.status, state, nextActionAt: null };
  const status = invoice.status === 'sent' ? statusByDate(invoice, now) : invoice.status;
  const resumed = state?.isPaused === true && state.pauseUntil != null && state.pauseUntil <= now;
  const current = resumed ? afterPause(state, now) : state;

  const wait = (reason: NoLevelReason, next?: Date | null): EscalationDecision => ({
    ...unchanged,
    reason,
    resumed,
    status,
    state: current,
    nextActionAt: next === undefined ? nextActionAt({ ...invoice, status }, current, now, policy) : next,
  });
  if (invoice.paymentClaimStatus === 'pending_verification') return wait('claimed');
  if (current?.isPaused === true) return wait('paused');

  const { dueDate } = invoice;
  if (dueDate == null) return wait('no_due_date', null);
  const left = levelsAfter(levelOf(invoice, current), current?.sentLevels ?? []);
  if (left.length === 0) return wait('at_the_end');
  const overdue = daysBetween(dueDate, londonDay(now));
  const due = left.filter((level) => policy[level] <= overdue);
  if (due.length === 0) return wait('not_yet');
  const gap = gapEnds(current?.lastEscalatedAt, policy);
  if (gap !== null && gap > now) return wait('gap');

  const tomorrow = startOfNextLondonDay(londonDay(now));
  // Somebody may switch it on again: the level waits for that, and is not lost to a gate that would refuse it.
  if (account?.active !== true) return wait('account_inactive', tomorrow);
  if (!account.collectionsEnabled || invoice.collectionsEnabled === false)
    return wait('collections_disabled', tomorrow);

  const level = due.filter((one) => one !== 'agency' || account.plan.agencyOffer).at(-1);
  if (level === undefined) return wait('not_in_plan', null);
  const by = level === 'agency' ? [] : channelsFor(level, invoice, account);
  if (level !== 'agency' && by.length === 0) return wait('no_channel', tomorrow);

  const begun = current ?? initialEscalationState(invoice.freelancerId);
  const after: EscalationState = {
    ...begun,
    currentLevel: level,
    lastEscalatedAt: now,
    sentLevels: [...begun.sentLevels, level],
  };
  const escalated: Invoice = { ...invoice, status: 'in_collections', escalationLevel: level };
  return {
    reached: { level, skipped: due.slice(0, due.indexOf(level)), channels: by },
    reason: null,
    resumed,
    status: 'in_collections',
    state: after,
    nextActionAt: nextActionAt(escalated, after, now, policy),
  };
}

const unchanged = { reached: null, resumed: false } as const;

function whyOver(invoice: Invoice, state: EscalationState | null): NoLevelReason | null {
  if (invoice.status !== 'sent' && invoice.status !== 'overdue' && invoice.status !== 'in_collections')
    return 'not_open';
  if (state?.closedAt != null) return 'chase_closed';
  return amountLeft(invoice) === 0 ? 'nothing_owed' : null;
}

/** Text messages begin with the level `firm`, and go where there is an address. */
function channelsFor(
  level: Exclude<ActiveLevel, 'agency'>,
  invoice: Invoice,
  { optedOut, plan }: EscalationAccount,
): Channel[] {
  return channels.filter(
    (channel) =>
      plan.channels.includes(channel) &&
      !optedOut[channel] &&
      !(channel === 'sms' && level === 'gentle') &&
      debtorAddress(invoice, channel) !== null,
  );
}

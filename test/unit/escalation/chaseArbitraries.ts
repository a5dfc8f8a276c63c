import fc from 'fast-check';
import { type EscalationAccount } from '../../../functions/src/domain/escalation/decideEscalation';
import { planNames } from '../../../functions/src/domain/gate/plans';
import { type EscalationState } from '../../../functions/src/domain/invoice/escalationState';
import { type Invoice, invoiceStatuses } from '../../../functions/src/domain/invoice/invoice';
import { dunningLevels } from '../../../functions/src/domain/invoice/dunningLevels';
import { dayAfter } from '../../../functions/src/domain/londonDay';
import { anAccount, aState, chased, PLANS } from './escalationInputs';

export const DAY_MS = 24 * 60 * 60 * 1000;

/** From the winter over both changes of the clocks to the next one. */
export const instants = fc
  .integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2027-01-31T00:00:00Z') })
  .map((ms) => new Date(ms));

/** Mostly an ordinary account. */
export const accounts: fc.Arbitrary<EscalationAccount> = fc
  .record({
    active: fc.boolean(),
    on: fc.boolean(),
    sms: fc.boolean(),
    email: fc.boolean(),
    plan: fc.constantFrom(...planNames),
    ordinary: fc.boolean(),
  })
  .map(({ active, on, sms, email, plan, ordinary }) =>
    ordinary
      ? anAccount({ plan: PLANS[plan] })
      : anAccount({
          active,
          collectionsEnabled: on,
          optedOut: { sms, email },
          plan: PLANS[plan],
        }),
  );

/** An invoice that fell due up to a hundred days before the instant, or falls due within ten after it. */
function invoices(now: Date): fc.Arbitrary<Invoice> {
  return fc
    .record({
      age: fc.integer({ min: -10, max: 100 }),
      status: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom('sent', 'overdue', 'in_collections') },
        { weight: 1, arbitrary: fc.constantFrom(...invoiceStatuses) },
      ),
      claimed: fc.integer({ min: 0, max: 9 }),
      phone: fc.boolean(),
      email: fc.integer({ min: 0, max: 9 }),
      paid: fc.integer({ min: 0, max: 12_000 }),
    })
    .map(({ age, status, claimed, phone, email, paid }) =>
      chased({
        dueDate: dayAfter(now.toISOString().slice(0, 10), -age),
        status,
        paymentClaimStatus: claimed === 0 ? 'pending_verification' : null,
        clientPhone: phone ? '+447900000001' : null,
        clientEmail: email === 0 ? null : 'debtor@client.example',
        ...(paid < 9_000 && paid > 3_000
          ? { payments: { pi_1: { amount: paid, refunded: 0, disputed: 0, disputeOpen: false } } }
          : {}),
      }),
    );
}

function states(now: Date): fc.Arbitrary<EscalationState> {
  const near = fc.integer({ min: -20, max: 20 }).map((days) => new Date(now.getTime() + days * DAY_MS));
  return fc
    .record({
      level: fc.integer({ min: 0, max: dunningLevels.length - 1 }),
      last: fc.option(near.filter((at) => at <= now)),
      isPaused: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
      pauseUntil: fc.option(near),
      closed: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    })
    .map(({ level, last, isPaused, pauseUntil, closed }) =>
      aState({
        currentLevel: dunningLevels[level] ?? 'pending',
        sentLevels: dunningLevels.slice(1, level + 1),
        lastEscalatedAt: level === 0 ? null : last,
        isPaused,
        pauseReason: isPaused ? 'manual' : null,
        pauseUntil: isPaused ? pauseUntil : null,
        closedAt: closed ? now : null,
      }),
    );
}

/** Everything that a decision depends on. */
export const cases = instants.chain((now) =>
  fc.record({
    now: fc.constant(now),
    invoice: invoices(now),
    state: fc.option(states(now)),
    account: accounts,
  }),
);

/** A chase from its beginning, and the moments at which somebody looks, oldest first. */
export const histories = fc
  .record({
    due: instants.map((instant) => instant.toISOString().slice(0, 10)),
    looks: fc.array(fc.integer({ min: -5 * DAY_MS, max: 90 * DAY_MS }), { minLength: 1, maxLength: 12 }),
    account: accounts,
  })
  .map(({ due, looks, account }) => ({
    due,
    account,
    looks: [...looks].sort((a, b) => a - b).map((ms) => new Date(Date.parse(due) + ms)),
  }));

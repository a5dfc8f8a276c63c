import fc from 'fast-check';
import { type GateInput } from '../../../functions/src/domain/gate/gateInput';
import { nations } from '../../../functions/src/domain/gate/nations';
import { plansSchema } from '../../../functions/src/domain/gate/plans';
import { type Policy, policySchema } from '../../../functions/src/domain/gate/policy';
import { type DunningLevel, dunningLevels } from '../../../functions/src/domain/invoice/dunningLevels';
import { invoiceStatuses, type InvoiceStatus } from '../../../functions/src/domain/invoice/invoice';
import { channels, messageClasses } from '../../../functions/src/domain/messages/outboxRow';
import { anInvoice } from '../../support/domainArbitraries';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** London; both hemispheres; quarter hours; half an hour of summer time; clocks that change at midnight; beyond +12. */
const zones = [
  'Europe/London',
  'America/New_York',
  'America/Santiago',
  'America/Havana',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
] as const;

const plans = plansSchema.parse({ free: {}, starter: {}, growth: {}, pro: {} });

/** In summer and winter, often at the hours and days at which something changes. */
const moments = fc.oneof(
  fc.date({
    min: new Date('2026-01-01T00:00:00Z'),
    max: new Date('2029-12-31T00:00:00Z'),
    noInvalidDate: true,
  }),
  fc
    .tuple(
      fc.constantFrom('2026-03-29', '2026-10-25', '2026-12-24', '2027-01-01', '2027-12-24', '2028-04-13'),
      fc.integer({ min: -2 * 24 * 4, max: 5 * 24 * 4 }),
      fc.constantFrom(-30_001, -30_000, -29_999, -1, 0, 1),
    )
    .map(([day, quarters, ms]) => new Date(Date.parse(`${day}T00:00:00Z`) + quarters * 15 * 60_000 + ms)),
);

/** Mostly one thing, seldom another: else every input is refused by the first step. */
function mostly<T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { arbitrary: fc.constant(usual), weight: 8 },
    { arbitrary: fc.constantFrom(...others), weight: 1 },
  );
}

const time = (from: number, to: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: from, max: to }), fc.constantFrom(0, 15, 30, 59))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);

const hours = fc.record({
  days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  opens: time(5, 12),
  closes: time(13, 23),
});

const policies: fc.Arbitrary<Policy> = fc.oneof(
  fc.constant(policySchema.parse({})),
  fc
    .record({
      contactHours: fc.record({ sms: hours, email: hours }),
      frequency: fc.record({
        perDay: fc.integer({ min: 1, max: 3 }),
        perSevenDays: fc.integer({ min: 1, max: 5 }),
      }),
      smsValiditySeconds: fc.integer({ min: 60, max: 600 }),
      extraHolidays: fc.array(
        moments.map((day) => day.toISOString().slice(0, 10)),
        { maxLength: 3 },
      ),
    })
    .map((policy) => policySchema.parse(policy)),
);

const freelancers = fc.record({
  active: mostly(true, false),
  collectionsEnabled: mostly(true, false),
  optedOut: fc.record({ sms: mostly(false, true), email: mostly(false, true) }),
  marketingConsent: mostly(true, false),
  plan: mostly(plans.growth, plans.free, plans.starter, plans.pro),
});

const recipients = (now: Date): fc.Arbitrary<GateInput['recipient']> =>
  fc.record({
    address: fc.constant('+447700900123'),
    permissionWithdrawn: mostly(false, true),
    optedOut: mostly(false, true),
    optedOutAt: fc.constantFrom(null, now),
    suppressed: mostly(false, true),
    usable: mostly(true, false),
    zone: fc.constantFrom(...zones, 'Not/AZone'),
    nation: fc.constantFrom(...nations),
    sends: fc.array(
      fc.integer({ min: 0, max: 8 * DAY_MS }).map((ago) => new Date(now.getTime() - ago)),
      { maxLength: 6 },
    ),
  });

const invoices = (now: Date): fc.Arbitrary<GateInput['invoice']> =>
  fc.oneof(
    { arbitrary: fc.constant(null), weight: 1 },
    {
      arbitrary: fc
        .record({
          status: mostly<InvoiceStatus>('in_collections', ...invoiceStatuses),
          collectionsEnabled: mostly(true, false),
          paymentClaimStatus: mostly<string | null>(null, 'pending_verification', 'rejected'),
          dueIn: fc.integer({ min: -70, max: 10 }),
        })
        .map(({ dueIn, ...fields }) =>
          anInvoice({
            ...fields,
            dueDate: new Date(now.getTime() + dueIn * DAY_MS).toISOString().slice(0, 10),
          }),
        ),
      weight: 9,
    },
  );

const chases = (now: Date): fc.Arbitrary<GateInput['chase']> =>
  fc.oneof(
    { arbitrary: fc.constant(null), weight: 1 },
    {
      arbitrary: fc.record({
        freelancerId: fc.constant('user_1'),
        currentLevel: mostly<DunningLevel>('gentle', ...dunningLevels),
        isPaused: mostly(false, true),
        pauseReason: fc.constantFrom(null, 'manual', 'payment_claim', 'dispute', 'promise'),
        sentLevels: fc.constant<string[]>(['gentle']),
        pendingOutbox: fc.constant<string[]>([]),
        closedAt: mostly<Date | null>(null, now),
      }),
      weight: 9,
    },
  );

/** Whatever the gate may be asked. */
export const gateInputs: fc.Arbitrary<GateInput> = moments.chain((now) =>
  fc.record({
    now: fc.constant(now),
    message: fc.record({
      class: fc.constantFrom(...messageClasses),
      channel: fc.constantFrom(...channels),
      level: mostly<GateInput['message']['level']>('gentle', null, 'firm', 'final'),
      createdAt: fc
        .oneof(fc.integer({ min: 0, max: HOUR_MS }), fc.integer({ min: 0, max: 8 * DAY_MS }))
        .map((ago) => new Date(now.getTime() - ago)),
    }),
    invoice: invoices(now),
    chase: chases(now),
    freelancer: fc.oneof({ arbitrary: fc.constant(null), weight: 1 }, { arbitrary: freelancers, weight: 9 }),
    recipient: recipients(now),
    usage: fc.oneof(
      { arbitrary: fc.constant(null), weight: 1 },
      {
        arbitrary: fc.record({
          used: fc.integer({ min: 0, max: 60 }),
          counted: fc.boolean(),
          resetsAt: fc.constant(new Date(now.getTime() + 20 * DAY_MS)),
        }),
        weight: 5,
      },
    ),
    policy: policies,
  }),
);

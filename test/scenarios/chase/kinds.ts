import { type Nation } from '../../../functions/src/domain/gate/nations';

/** What somebody does about an invoice, through the deployed function that is there for it. */
export type Deed =
  | { readonly do: 'pay' | 'pay by hand'; readonly amount: number }
  | { readonly do: 'refund' | 'open card dispute' | 'win card dispute' | 'lose card dispute' }
  | { readonly do: 'text'; readonly word: 'STOP' | 'START' }
  | { readonly do: 'withdraw'; readonly channel: 'email' | 'sms' }
  | { readonly do: 'bounce' }
  | { readonly do: 'cancel' | 'pause' | 'resume' }
  /** The debtor says that he has paid, and the freelancer answers. */
  | { readonly do: 'claim' | 'confirm'; readonly amount: number }
  | { readonly do: 'reject' | 'dispute' | 'close dispute' }
  /** Reminders wait until this day of the scenario is over. */
  | { readonly do: 'promise'; readonly until: number };

/** Something that happens on a day of the scenario, counted from 0, at an hour of London; never on the hour. */
export interface Happening {
  readonly day: number;
  readonly at: `${number}:${number}`;
  readonly deed: Deed;
}

/** One invoice of the scenario. */
export interface Kind {
  readonly name: string;
  /** Days from the first day of the scenario to the due date. */
  readonly due: number;
  /** Another kind's debtor; its own where there is none. */
  readonly debtorOf?: string;
  readonly hasPhone?: false;
  readonly debtorKind?: 'individual';
  readonly currency?: 'EUR';
  readonly timezone?: string;
  readonly nation?: Nation;
  /** The freelancer does not want this one chased. */
  readonly notChased?: true;
  /** It stays a draft. */
  readonly draft?: true;
  readonly happenings?: readonly Happening[];
}

/** What every invoice of the scenario is about, minor units. */
export const AMOUNT = 10_000;

const on = (day: number, at: Happening['at'], deed: Deed): Happening => ({ day, at, deed });
const pay = (amount = AMOUNT): Deed => ({ do: 'pay', amount });

/** Forty invoices of one freelancer: each kind is here for one thing that may go wrong with it. */
export const kinds: readonly Kind[] = [
  // On time, one after the other: their levels fall on every day of the week, on holidays and on the clocks' nights.
  { name: 'due before', due: -1 },
  { name: 'due at the start', due: 0 },
  { name: 'due 1', due: 1 },
  { name: 'due 2', due: 2 },
  { name: 'due 3', due: 3 },
  { name: 'due 5', due: 5 },
  { name: 'due 8', due: 8 },
  { name: 'due 11', due: 11 },
  { name: 'due 20', due: 20 },
  { name: 'due after all', due: 400 },

  // Sent when long overdue: one level at once, the lower ones are passed over, three days to the next.
  { name: 'the last day of no level', due: -4 },
  { name: 'the first day of gentle', due: -5 },
  { name: 'the last day of gentle', due: -14 },
  { name: 'the first day of firm', due: -15 },
  { name: 'the last day of firm', due: -29 },
  { name: 'the first day of final', due: -30 },
  { name: 'two days before agency', due: -58 },
  { name: 'agency at once', due: -60 },
  { name: 'ten years', due: -3_650 },

  // Who and what it is about.
  { name: 'no number', due: -10, hasPhone: false },
  { name: 'an individual', due: -11, debtorKind: 'individual' },
  { name: 'in euros', due: -12, currency: 'EUR' },
  { name: 'in New York', due: -13, timezone: 'America/New_York' },
  { name: 'in Scotland', due: 12, nation: 'scotland' },
  { name: 'not to be chased', due: -20, notChased: true },
  { name: 'a draft', due: -20, draft: true },
  { name: 'a second one', due: -5, debtorOf: 'the first day of gentle' },
  { name: 'a third one', due: -4, debtorOf: 'the first day of gentle' },

  // Money.
  { name: 'paid in time', due: 3, happenings: [on(2, '12:30', pay())] },
  { name: 'paid in the night of its reminder', due: -1, happenings: [on(4, '03:30', pay())] },
  { name: 'paid between two levels', due: -10, happenings: [on(4, '20:30', pay())] },
  {
    name: 'paid in two parts',
    due: -12,
    happenings: [on(1, '10:30', pay(4_000)), on(9, '10:30', pay(6_000))],
  },
  {
    name: 'paid and refunded',
    due: 1,
    happenings: [on(0, '09:30', pay()), on(3, '09:30', { do: 'refund' })],
  },
  {
    name: 'a part of it disputed at the bank, and won',
    due: -9,
    happenings: [
      on(1, '09:30', pay(4_000)),
      on(4, '09:30', { do: 'open card dispute' }),
      on(12, '09:30', { do: 'win card dispute' }),
    ],
  },
  {
    name: 'paid, disputed at the bank, and lost',
    due: -8,
    happenings: [
      on(2, '09:30', pay()),
      on(5, '09:30', { do: 'open card dispute' }),
      on(9, '09:30', { do: 'lose card dispute' }),
    ],
  },

  // Every "no".
  {
    name: 'STOP, and START after the level',
    due: -13,
    happenings: [
      on(1, '11:30', { do: 'text', word: 'STOP' }),
      on(11, '11:30', { do: 'text', word: 'START' }),
    ],
  },
  {
    name: 'STOP in the night of its reminder',
    due: -11,
    happenings: [on(4, '01:30', { do: 'text', word: 'STOP' })],
  },
  { name: 'no text messages', due: -13, happenings: [on(0, '12:30', { do: 'withdraw', channel: 'sms' })] },
  { name: 'no e-mails', due: -13, happenings: [on(0, '12:30', { do: 'withdraw', channel: 'email' })] },
  { name: 'an address that came back', due: -4, happenings: [on(0, '13:30', { do: 'bounce' })] },
];

/** Twenty more, about which people make up their minds. */
export const changedKinds: readonly Kind[] = [
  {
    name: 'paused and resumed',
    due: -8,
    happenings: [on(2, '10:30', { do: 'pause' }), on(9, '10:30', { do: 'resume' })],
  },
  {
    name: 'resumed within the three days',
    due: -14,
    happenings: [on(1, '10:30', { do: 'pause' }), on(2, '10:30', { do: 'resume' })],
  },
  { name: 'paused in the night of its reminder', due: -1, happenings: [on(4, '02:30', { do: 'pause' })] },
  {
    name: 'paused and resumed in the night of its reminder',
    due: -1,
    happenings: [on(4, '02:30', { do: 'pause' }), on(4, '05:30', { do: 'resume' })],
  },
  {
    name: 'paused before it is due',
    due: 2,
    happenings: [on(0, '10:30', { do: 'pause' }), on(12, '10:30', { do: 'resume' })],
  },
  { name: 'promised', due: -3, happenings: [on(1, '10:30', { do: 'promise', until: 13 })] },
  {
    name: 'promised, and not kept',
    due: -13,
    happenings: [on(1, '10:30', { do: 'promise', until: 18 })],
  },
  { name: 'cancelled', due: -10, happenings: [on(3, '10:30', { do: 'cancel' })] },
  { name: 'cancelled in the night of its reminder', due: -1, happenings: [on(4, '02:30', { do: 'cancel' })] },
  {
    name: 'paid by hand',
    due: -10,
    happenings: [on(3, '10:30', { do: 'pay by hand', amount: AMOUNT })],
  },
  {
    name: 'a part of it paid by hand while it is paused before it is due',
    due: 2,
    happenings: [
      on(0, '10:30', { do: 'pause' }),
      on(1, '10:30', { do: 'pay by hand', amount: 2_500 }),
      on(9, '10:30', { do: 'resume' }),
    ],
  },
  {
    name: 'claimed and confirmed',
    due: -6,
    happenings: [
      on(2, '10:30', { do: 'claim', amount: AMOUNT }),
      on(3, '09:30', { do: 'confirm', amount: AMOUNT }),
    ],
  },
  {
    name: 'claimed, and a part confirmed after both reminders',
    due: -6,
    happenings: [
      on(2, '10:30', { do: 'claim', amount: AMOUNT }),
      on(4, '08:30', { do: 'confirm', amount: 3_000 }),
    ],
  },
  {
    name: 'claimed and rejected within the three days',
    due: -14,
    happenings: [on(0, '10:30', { do: 'claim', amount: AMOUNT }), on(1, '09:30', { do: 'reject' })],
  },
  {
    name: 'claimed in the night of its reminder, and rejected',
    due: -1,
    happenings: [on(4, '04:30', { do: 'claim', amount: 500 }), on(5, '12:30', { do: 'reject' })],
  },
  {
    name: 'claimed, and nobody answers',
    due: -13,
    happenings: [on(1, '10:30', { do: 'claim', amount: AMOUNT })],
  },
  {
    name: 'claimed while it is paused, and nobody answers',
    due: -13,
    happenings: [on(0, '10:30', { do: 'pause' }), on(1, '10:30', { do: 'claim', amount: AMOUNT })],
  },
  {
    name: 'claimed, and paid by card meanwhile',
    due: -7,
    happenings: [on(2, '10:30', { do: 'claim', amount: AMOUNT }), on(2, '15:30', pay())],
  },
  {
    name: 'disputed and settled',
    due: -8,
    happenings: [on(2, '10:30', { do: 'dispute' }), on(14, '10:30', { do: 'close dispute' })],
  },
  {
    name: 'disputed in the night of its reminder',
    due: -1,
    happenings: [on(4, '05:30', { do: 'dispute' })],
  },
];

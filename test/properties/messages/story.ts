import fc from 'fast-check';
import { type PlanName } from '../../../functions/src/domain/gate/plans';
import { type Channel } from '../../../functions/src/domain/messages/outboxRow';
import { type Fault } from '../../../local/sandbox/faultPlan';

/**
 * What somebody does who sends nothing: whoever says no or yes, and the providers with their callbacks. `item`: the
 * message that it is about, or to whose debtor; one of the story's, counted round and round.
 */
export type Deed =
  | {
      readonly do: 'text';
      readonly item: number;
      readonly word: string;
      /** `lost`: no webhook comes; reconcileMessages may find it, and `late` may bring it. */
      readonly how: 'once' | 'twice' | 'lost';
    }
  /** The webhook of a message that was lost, after all. */
  | { readonly do: 'late'; readonly item: number }
  /** A captured webhook again, after its claim has expired. */
  | { readonly do: 'replay'; readonly item: number; readonly pick: number }
  | { readonly do: 'mail'; readonly item: number; readonly event: MailEventName; readonly times: 1 | 2 }
  | { readonly do: 'unsubscribe'; readonly item: number }
  | {
      readonly do: 'permission';
      readonly item: number;
      readonly channel: Channel;
      readonly granted: boolean;
    }
  | { readonly do: 'consent'; readonly enabled: boolean; readonly sms: boolean; readonly email: boolean }
  | { readonly do: 'plan'; readonly tier: PlanName }
  | { readonly do: 'account'; readonly status: 'active' | 'suspended' }
  | { readonly do: 'chase'; readonly item: number; readonly change: ChaseChange }
  | { readonly do: 'status'; readonly item: number; readonly status: SmsStatusName; readonly times: 1 | 2 };

export type MailEventName =
  | 'bounce'
  | 'blocked'
  | 'dropped'
  | 'spamreport'
  | 'unsubscribe'
  | 'group_unsubscribe'
  | 'processed'
  | 'delivered';
export type ChaseChange = 'pause' | 'claim' | 'resume' | 'pay' | 'next_level';
export type SmsStatusName = 'sent' | 'delivered' | 'undelivered' | 'expired' | 'unreachable' | 'opted_out';

/** An attempt to send, by as many workers at once. */
export interface Send {
  readonly do: 'send';
  readonly item: number;
  /** The text message that goes in place of an e-mail which came back, if there is one. */
  readonly fallback: boolean;
  readonly workers: number;
  /** Done between the claim's commit and the provider's acceptance, one after the other. */
  readonly before: readonly Deed[];
  /** Done after the acceptance and before we hear of it. */
  readonly after: readonly Deed[];
  readonly fault: Omit<Fault, 'provider' | 'rate'> | null;
}

export interface ItemPlan {
  readonly debtor: number;
  readonly channel: Channel;
  readonly class: 'dunning' | 'debtor_service';
  /** Queued when the story begins; else when it is first to be sent, so that no "no" could cancel it. */
  readonly waits: boolean;
}

/** When in its step something is done: after so many reads of the store, a clock that is as slow as the machine. */
export interface Timed {
  readonly reads: number;
  readonly what: Deed | Send;
}

/** One freelancer's story: his messages, and what everybody does, step by step; a step's deeds are done at once. */
export interface Story {
  readonly tier: PlanName;
  readonly zone: string;
  readonly items: readonly ItemPlan[];
  readonly phases: readonly (readonly (readonly Timed[])[])[];
}

/** Stories that are played side by side, for they share the clock. */
export interface Chapter {
  readonly stories: readonly Story[];
  /** Hours from each phase to the next, and whether texts are reconciled in it. */
  readonly phases: readonly { readonly hoursLater: number; readonly reconcile: boolean }[];
}

const PHASES = 3;
const item = fc.nat({ max: 3 });
const debtor = fc.nat({ max: 1 });
const times = fc.constantFrom<1 | 2>(1, 1, 2);

const deeds: fc.Arbitrary<Deed> = fc.oneof(
  {
    arbitrary: fc.record({
      do: fc.constant('text' as const),
      item,
      word: fc.constantFrom('STOP', 'stop texting me', 'START', 'unstop', 'YES', 'HELP', 'Who is this?'),
      how: fc.constantFrom('once' as const, 'once' as const, 'twice' as const, 'lost' as const),
    }),
    weight: 8,
  },
  { arbitrary: fc.record({ do: fc.constant('late' as const), item }), weight: 1 },
  {
    arbitrary: fc.record({ do: fc.constant('replay' as const), item, pick: fc.nat({ max: 5 }) }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('mail' as const),
      item,
      event: fc.constantFrom<MailEventName>(
        'bounce',
        'blocked',
        'dropped',
        'spamreport',
        'unsubscribe',
        'group_unsubscribe',
        'processed',
        'delivered',
      ),
      times,
    }),
    weight: 4,
  },
  { arbitrary: fc.record({ do: fc.constant('unsubscribe' as const), item }), weight: 2 },
  {
    arbitrary: fc.record({
      do: fc.constant('permission' as const),
      item,
      channel: fc.constantFrom<Channel>('sms', 'email'),
      granted: fc.boolean(),
    }),
    weight: 4,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('consent' as const),
      enabled: fc.constantFrom(true, true, false),
      sms: fc.constantFrom(true, true, false),
      email: fc.constantFrom(true, true, false),
    }),
    weight: 4,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('plan' as const),
      tier: fc.constantFrom<PlanName>('free', 'starter', 'growth', 'pro'),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('account' as const),
      status: fc.constantFrom('active' as const, 'suspended' as const),
    }),
    weight: 1,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('chase' as const),
      item,
      change: fc.constantFrom<ChaseChange>('pause', 'claim', 'resume', 'resume', 'pay', 'next_level'),
    }),
    weight: 4,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('status' as const),
      item,
      status: fc.constantFrom<SmsStatusName>(
        'sent',
        'delivered',
        'delivered',
        'undelivered',
        'expired',
        'unreachable',
        'opted_out',
      ),
      times,
    }),
    weight: 4,
  },
);

const faults = fc.constantFrom<Send['fault']>(
  { mode: 'rate_limit' },
  { mode: 'server_error' },
  { mode: 'reset' },
  { mode: 'timeout', delayMs: 20 },
  { mode: 'timeout_after_accept', delayMs: 20 },
  { mode: 'accept_then_error' },
  { mode: 'provider_error', code: '21610' },
  { mode: 'provider_error', status: 400 },
);

const sends: fc.Arbitrary<Send> = fc.record({
  do: fc.constant('send' as const),
  item,
  fallback: fc.constantFrom(false, false, false, true),
  workers: fc.constantFrom(1, 1, 2),
  before: fc.array(deeds, { maxLength: 2 }),
  after: fc.array(deeds, { maxLength: 1 }),
  fault: fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, { arbitrary: faults, weight: 1 }),
});

/** A worker has claimed after some five. */
const reads = fc.nat({ max: 7 });

/** Whatever comes at once. */
const crowds = fc.array(
  fc.record({
    reads,
    what: fc.oneof({ arbitrary: sends, weight: 1 }, { arbitrary: deeds, weight: 1 }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** A message is sent, and just then somebody says no to it. */
const races = fc
  .record({
    send: sends,
    nos: fc.array(
      fc.record({
        reads,
        no: fc.constantFrom<Deed>(
          { do: 'text', item: 0, word: 'STOP', how: 'once' },
          { do: 'unsubscribe', item: 0 },
          { do: 'permission', item: 0, channel: 'sms', granted: false },
          { do: 'permission', item: 0, channel: 'email', granted: false },
          { do: 'consent', enabled: false, sms: true, email: true },
          { do: 'plan', tier: 'free' },
          { do: 'account', status: 'suspended' },
          { do: 'chase', item: 0, change: 'pause' },
          { do: 'chase', item: 0, change: 'claim' },
          { do: 'chase', item: 0, change: 'next_level' },
          { do: 'chase', item: 0, change: 'pay' },
        ),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .map(({ send, nos }): Timed[] => [
    { reads: 0, what: send },
    ...nos.map(({ reads, no }) => ({ reads, what: 'item' in no ? { ...no, item: send.item } : no })),
  ]);

const steps = fc.oneof(crowds, races);

const stories: fc.Arbitrary<Story> = fc.record({
  tier: fc.constantFrom<PlanName>('growth', 'growth', 'pro', 'starter'),
  zone: fc.constantFrom('Europe/London', 'Europe/London', 'Europe/London', 'America/New_York'),
  items: fc.array(
    fc.record({
      debtor,
      channel: fc.constantFrom<Channel>('sms', 'sms', 'email'),
      class: fc.constantFrom('dunning' as const, 'dunning' as const, 'debtor_service' as const),
      waits: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  phases: fc.array(fc.array(steps, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: PHASES }),
});

/** @param size how many stories a chapter has */
export const chapters = (size: number): fc.Arbitrary<Chapter> =>
  fc.record({
    stories: fc.array(stories, { minLength: size, maxLength: size }),
    phases: fc.array(fc.record({ hoursLater: fc.constantFrom(0, 1, 6, 24, 72), reconcile: fc.boolean() }), {
      minLength: PHASES,
      maxLength: PHASES,
    }),
  });

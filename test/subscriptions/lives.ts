import { type SeededRandom } from '../support/random';

/** Something that becomes of a customer's subscriptions at Stripe. */
export type Step =
  | { readonly do: 'begin'; readonly price: string }
  | { readonly do: 'change'; readonly price: string }
  | { readonly do: 'renew' | 'retry'; readonly outcome: 'succeeded' | 'failed' }
  | { readonly do: 'become'; readonly status: 'unpaid' | 'active' | 'paused' }
  | { readonly do: 'cancel'; readonly atPeriodEnd: boolean }
  | { readonly do: 'delete_customer' };

/** When an event is delivered, next to those before it. */
export interface Slot {
  /** Of the event in the order in which it happened. */
  readonly step: number;
  /** How many copies arrive at the same moment. */
  readonly copies: number;
  /** The next slot does not wait for the answer to this one. */
  readonly withNext: boolean;
  /** Its question to Stripe is answered at once, and the answer held back until others have committed. */
  readonly stalled: boolean;
  /** Steps that have happened by then; at least its own. */
  readonly happened: number;
}

export interface Life {
  readonly steps: readonly Step[];
  readonly slots: readonly Slot[];
  /** Events that are delivered once more, when all is over. */
  readonly again: readonly number[];
  /** `stripe_customers/{cus}` is there before the first event. */
  readonly known: boolean;
}

const PRICES = ['starter', 'growth', 'pro'].flatMap((plan) =>
  ['month', 'year'].map((interval) => `price_recoup_${plan}_${interval}`),
);

/** A life of up to seven events, and the order and company in which they are delivered. */
export function drawLife(random: SeededRandom, order: readonly number[]): Life {
  const plain = random.below(5) < 3;
  const all = plain ? plainSteps(random) : otherSteps(random);
  const length = plain || random.below(2) === 0 ? all.length : 2 + random.below(all.length - 1);
  const steps = all.slice(0, length);
  const delivered = order.filter((step) => step < length);
  const stalledAt = random.below(delivered.length);
  let happened = 0;
  const slots = delivered.map((step, n): Slot => {
    happened = Math.max(happened, step + 1);
    // Mostly no more has happened than the event tells, so that its answer is soon an old one.
    if (random.below(4) === 0) happened = Math.min(length, happened + 1 + random.below(2));
    return {
      step,
      copies: [1, 1, 1, 1, 1, 1, 2, 5][random.below(8)] ?? 1,
      withNext: random.below(3) === 0,
      stalled: n === stalledAt,
      happened,
    };
  });
  const again = delivered.filter(() => random.below(6) === 0);
  return { steps, slots, again, known: random.below(2) === 0 };
}

/** Created, updated three times, paid, failed, deleted. */
function plainSteps(random: SeededRandom): Step[] {
  const middle = random.shuffled(['change', 'change', 'change', 'paid', 'failed'] as const);
  let pastDue = false;
  const steps = middle.map((what): Step => {
    if (what === 'change') return { do: 'change', price: aPrice(random) };
    if (what === 'failed') {
      pastDue = true;
      return { do: 'renew', outcome: 'failed' };
    }
    return { do: pastDue ? 'retry' : 'renew', outcome: 'succeeded' };
  });
  return [
    { do: 'begin', price: aPrice(random) },
    ...steps,
    { do: 'cancel', atPeriodEnd: random.below(4) === 0 },
  ];
}

/** Anything that may become of one subscription after the other. */
function otherSteps(random: SeededRandom): Step[] {
  const steps: Step[] = [{ do: 'begin', price: aPrice(random) }];
  let state: 'active' | 'past_due' | 'other' | 'over' = 'active';
  while (steps.length < 7) {
    const draw = random.below(12);
    if (steps.length === 6 && draw < 2) {
      steps.push({ do: 'delete_customer' });
    } else if (draw < 2 || state === 'over') {
      steps.push({ do: 'begin', price: aPrice(random) });
      state = 'active';
    } else if (draw < 5) {
      steps.push({ do: 'change', price: aPrice(random) });
    } else if (draw < 7 && state === 'active') {
      steps.push({ do: 'renew', outcome: random.below(3) === 0 ? 'succeeded' : 'failed' });
      if (last(steps) === 'failed') state = 'past_due';
    } else if (draw < 9 && state === 'past_due') {
      const outcome = random.below(3) === 0 ? 'failed' : 'succeeded';
      steps.push(random.below(3) === 0 ? { do: 'renew', outcome: 'failed' } : { do: 'retry', outcome });
      if (last(steps) === 'succeeded') state = 'active';
    } else if (draw < 10 && state === 'active') {
      steps.push({ do: 'become', status: random.below(2) === 0 ? 'unpaid' : 'paused' });
      state = 'other';
    } else if (draw < 11 && state === 'other') {
      steps.push({ do: 'become', status: 'active' });
      state = 'active';
    } else if (draw === 11) {
      const atPeriodEnd = random.below(2) === 0;
      steps.push({ do: 'cancel', atPeriodEnd });
      if (!atPeriodEnd) state = 'over';
    }
  }
  return steps;
}

function last(steps: readonly Step[]): string | null {
  const step = steps.at(-1);
  return step !== undefined && 'outcome' in step ? step.outcome : null;
}

function aPrice(random: SeededRandom): string {
  return PRICES[random.below(PRICES.length)] ?? '';
}

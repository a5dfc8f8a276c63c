import { z } from 'zod';
import { type Sandbox } from '../../local/sandbox/startSandbox';

const listOf = <T>(one: z.ZodType<T>) => z.object({ data: z.array(one) });

const subscriptions = listOf(
  z.object({
    id: z.string(),
    status: z.string(),
    created: z.number(),
    cancel_at_period_end: z.boolean(),
    items: z.object({
      data: z.tuple([z.object({ current_period_end: z.number(), price: z.object({ id: z.string() }) })]),
    }),
  }),
);

const invoices = listOf(
  z.object({ status: z.string(), status_transitions: z.object({ finalized_at: z.number() }) }),
);

/** What the freelancer's record has to say in the end. */
export interface Truth {
  readonly subscriptionTier: string;
  readonly subscriptionStatus: string;
  readonly stripeSubscriptionId: string | null;
  readonly stripeCustomerId: string | null;
  /** Seconds. */
  readonly pastDueSince: number | null;
  /** Seconds. */
  readonly periodEnd: number | null;
  readonly endsAtPeriodEnd: boolean;
  /** Of the month. */
  readonly limit: number | null;
}

const SIZES = ['free', 'starter', 'growth', 'pro'];
const LIMITS: Readonly<Record<string, number | null>> = { free: 5, starter: 10, growth: 50, pro: null };
const PREFERRED = ['active', 'past_due'];

/** Asks the provider, as a person with its dashboard would, and shares no code with the product. */
export async function truthOf(sandbox: Sandbox, customer: string, isDeleted: boolean): Promise<Truth> {
  if (isDeleted) return nothing(null, 'canceled', null);
  const { data } = subscriptions.parse(
    await ask(sandbox, `subscriptions?customer=${customer}&status=all&limit=100`),
  );
  for (const status of PREFERRED) {
    const best = data
      .filter((one) => one.status === status)
      .sort((a, b) => sizeOf(b) - sizeOf(a) || a.created - b.created || (a.id < b.id ? -1 : 1))[0];
    if (best === undefined) continue;
    const tier = SIZES[sizeOf(best)] ?? '';
    return {
      subscriptionTier: tier,
      subscriptionStatus: status,
      stripeSubscriptionId: best.id,
      stripeCustomerId: customer,
      pastDueSince: status === 'past_due' ? await unpaidSince(sandbox, best.id) : null,
      periodEnd: best.items.data[0].current_period_end,
      endsAtPeriodEnd: best.cancel_at_period_end,
      limit: LIMITS[tier] ?? null,
    };
  }
  const [latest] = [...data].sort((a, b) => b.created - a.created || (a.id < b.id ? -1 : 1));
  return {
    ...nothing(customer, latest?.status ?? 'canceled', latest?.id ?? null),
    periodEnd: latest?.items.data[0].current_period_end ?? null,
  };
}

function nothing(customer: string | null, status: string, id: string | null): Truth {
  return {
    subscriptionTier: 'free',
    subscriptionStatus: status,
    stripeSubscriptionId: id,
    stripeCustomerId: customer,
    pastDueSince: null,
    periodEnd: null,
    endsAtPeriodEnd: false,
    limit: LIMITS['free'] ?? null,
  };
}

function sizeOf(subscription: z.infer<typeof subscriptions>['data'][number]): number {
  return SIZES.findIndex((plan) => subscription.items.data[0].price.id.includes(`_${plan}_`));
}

async function unpaidSince(sandbox: Sandbox, subscription: string): Promise<number> {
  const { data } = invoices.parse(
    await ask(sandbox, `invoices?subscription=${subscription}&status=open&limit=100`),
  );
  return Math.min(...data.map((invoice) => invoice.status_transitions.finalized_at));
}

async function ask(sandbox: Sandbox, path: string): Promise<unknown> {
  const response = await fetch(`${sandbox.origin}/v1/${path}`, {
    headers: { authorization: 'Bearer sk_test_truth' },
  });
  return response.json();
}

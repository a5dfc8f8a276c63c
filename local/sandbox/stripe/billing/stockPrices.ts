import { type StripeObject } from '../stripeObject';
import { type StripeStore } from '../stripeStore';

/** Minor units of GBP, a month and a year. The ids are the defaults of `system_config/plans`. */
const PLANS = {
  starter: { month: 1_900, year: 18_200 },
  growth: { month: 3_900, year: 37_400 },
  pro: { month: 7_500, year: 72_000 },
} as const;

const CREATED = 1_760_000_000;

/** The prices that somebody has set up at this Stripe before anything else happens. */
export function stockPrices(store: StripeStore): void {
  for (const [plan, amounts] of Object.entries(PLANS)) {
    for (const [interval, amount] of Object.entries(amounts)) {
      store.put(
        buildPrice(`price_recoup_${plan}_${interval}`, `prod_recoup_${plan}`, interval, amount),
        null,
      );
    }
  }
}

function buildPrice(id: string, product: string, interval: string, amount: number): StripeObject {
  return {
    id,
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: CREATED,
    currency: 'gbp',
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product,
    recurring: {
      interval,
      interval_count: 1,
      meter: null,
      trial_period_days: null,
      usage_type: 'licensed',
    },
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'recurring',
    unit_amount: amount,
    unit_amount_decimal: String(amount),
  };
}

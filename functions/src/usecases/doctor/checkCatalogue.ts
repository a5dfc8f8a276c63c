import { paidPlanNames, planIntervals, type Plans, plansSchema } from '../../domain/gate/plans';
import { type BankRates, bankRatesSchema } from '../../domain/interest/bankRates';
import { referenceDay } from '../../domain/interest/referenceDay';
import { dayAfter, londonDay } from '../../domain/londonDay';
import { createStripeClient } from '../../providers/stripe/createStripeClient';
import { priceOf } from '../../providers/stripe/priceOf';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type Finding, wrong } from './finding';
import { type Patient } from './patient';

/** What operators keep in `system_config`: the Bank Rates, and the prices of the plans. */
export async function checkCatalogue(patient: Patient): Promise<Finding[]> {
  const findings = await Promise.all([bankRate(patient), planPrices(patient)]);
  return findings.flat();
}

/** The rate of what becomes overdue today. */
async function bankRate({ db, now }: Patient): Promise<Finding[]> {
  const day = referenceDay(dayAfter(londonDay(now), -1));
  const add = `Add {"rates": {"${day}": <per cent>}} to system_config/bank_rates, from the Bank of England's own table.`;
  let table: BankRates;
  try {
    const stored = decode(bankRatesSchema, await collections.systemConfig(db, 'bank_rates').get());
    table = stored ?? bankRatesSchema.parse({});
  } catch {
    return [wrong('bank_rate', 'system_config/bank_rates does not fit: no reminder names interest.', add)];
  }
  return Object.hasOwn(table.rates, day)
    ? []
    : [wrong('bank_rate', `The Bank Rate of ${day} is missing: reminders name no interest.`, add)];
}

/** Each plan that can be bought has a price at Stripe that says the same. */
async function planPrices(patient: Patient): Promise<Finding[]> {
  const { db, isReal } = patient;
  const fix =
    'Put the ids of your Stripe prices into system_config/plans (docs/data-model.md), or mend the prices.';
  let plans: Plans;
  try {
    const stored = decode(plansSchema, await collections.systemConfig(db, 'plans').get());
    if (stored === null && isReal)
      return [wrong('plan_prices', 'system_config/plans is missing: nobody can buy a plan.', fix)];
    plans = stored ?? plansSchema.parse({});
  } catch {
    return [wrong('plan_prices', 'system_config/plans does not fit: nothing is sent at all.', fix)];
  }
  try {
    const stripe = await createStripeClient(
      (await patient.secret('STRIPE_SECRET_KEY')) ?? '',
      patient.sandboxOrigin,
    );
    const findings: Finding[] = [];
    for (const plan of paidPlanNames)
      for (const interval of planIntervals) {
        const { id, amount } = plans[plan].prices[interval];
        const price = await priceOf(stripe, id);
        const name = `The price of ${plan} by the ${interval}, ${id},`;
        if (price === null) findings.push(wrong('plan_prices', `${name} is not there at Stripe.`, fix));
        else if (!price.active) findings.push(wrong('plan_prices', `${name} is not active at Stripe.`, fix));
        else if (
          price.currency !== 'gbp' ||
          price.unit_amount !== amount ||
          price.recurring?.interval !== interval ||
          price.recurring.interval_count !== 1
        )
          findings.push(wrong('plan_prices', `${name} is another one at Stripe than we name.`, fix));
      }
    return findings;
  } catch {
    return [
      {
        check: 'plan_prices',
        severity: 'unknown',
        what: 'Stripe could not be asked for the prices.',
        fix: 'See that STRIPE_SECRET_KEY is set and may read prices, then ask again.',
      },
    ];
  }
}

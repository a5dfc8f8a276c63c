import * as z from 'zod';
import { channels } from '../messages/outboxRow';

/** From the least to the most. */
export const planNames = ['free', 'starter', 'growth', 'pro'] as const;
export type PlanName = (typeof planNames)[number];

export const paidPlanNames = ['starter', 'growth', 'pro'] as const satisfies readonly PlanName[];
export type PaidPlanName = (typeof paidPlanNames)[number];

export const planIntervals = ['month', 'year'] as const;
export type PlanInterval = (typeof planIntervals)[number];

const allowance = (
  chasedInvoices: number | null,
  allowed: readonly (typeof channels)[number][],
  agencyOffer: boolean,
) => ({
  /** Invoices chased in a calendar month; null: no limit. */
  chasedInvoices: z.int().min(0).nullable().default(chasedInvoices),
  channels: z.array(z.enum(channels)).default([...allowed]),
  /** After the last reminder, the freelancer is offered to hand the invoice over to an agency. */
  agencyOffer: z.boolean().default(agencyOffer),
});

const price = (id: string, amount: number) =>
  z
    .object({
      /** Stripe's id. The default is the one of the local stack: a deployment sets those of its own account. */
      id: z.string().min(1).default(id),
      /** Minor units of GBP, as we name it to freelancers; what is charged is what Stripe's price says. */
      amount: z.int().min(0).default(amount),
    })
    .prefault({});

const prices = (plan: PaidPlanName, month: number, year: number) =>
  z
    .object({
      month: price(`price_recoup_${plan}_month`, month),
      year: price(`price_recoup_${plan}_year`, year),
      /** Prices that are not sold any more, and that earlier subscribers still pay. */
      former: z.array(z.string().min(1)).default([]),
    })
    .prefault({});

/** `system_config/plans`: what each plan allows and costs. The defaults are the business rules'. */
export const plansSchema = z.object({
  free: z.object(allowance(5, ['email'], false)).prefault({}),
  starter: z
    .object({ ...allowance(10, ['email'], false), prices: prices('starter', 1_900, 18_200) })
    .prefault({}),
  growth: z
    .object({ ...allowance(50, ['email', 'sms'], true), prices: prices('growth', 3_900, 37_400) })
    .prefault({}),
  pro: z
    .object({ ...allowance(null, ['email', 'sms'], true), prices: prices('pro', 7_500, 72_000) })
    .prefault({}),
  /** Days for which a plan is kept although its payment failed. */
  graceDays: z.int().min(0).default(7),
});

export type Plans = z.infer<typeof plansSchema>;
export type Plan = Plans[PlanName];

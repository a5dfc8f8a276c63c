import { z } from 'zod';
import { channels } from '../messages/outboxRow';

export const planNames = ['free', 'starter', 'growth', 'pro'] as const;
export type PlanName = (typeof planNames)[number];

const plan = (
  chasedInvoices: number | null,
  allowed: readonly (typeof channels)[number][],
  agencyOffer: boolean,
) =>
  z
    .object({
      /** Invoices chased in a calendar month; null: no limit. */
      chasedInvoices: z.int().min(0).nullable().default(chasedInvoices),
      channels: z.array(z.enum(channels)).default([...allowed]),
      /** After the last reminder, the freelancer is offered to hand the invoice over to an agency. */
      agencyOffer: z.boolean().default(agencyOffer),
    })
    .prefault({});

/** `system_config/plans`: what each plan allows. The defaults are the business rules'. */
export const plansSchema = z.object({
  free: plan(5, ['email'], false),
  starter: plan(10, ['email'], false),
  growth: plan(50, ['email', 'sms'], true),
  pro: plan(null, ['email', 'sms'], true),
});

export type Plan = z.infer<typeof plansSchema>[PlanName];

import { type PlanName } from '../gate/plans';

/** A plan as the freelancer knows it. */
export const planLabel: Readonly<Record<PlanName, string>> = {
  free: 'Free',
  starter: 'Starter',
  growth: 'Growth',
  pro: 'Pro',
};

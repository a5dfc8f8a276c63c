import { type ParamsOf } from '../messageTemplates';
import { type Phrase, value } from './phrase';

type Plan = ParamsOf<'plan_changed'>['plan'];

const names: Readonly<Record<Plan, string>> = {
  free: 'Free',
  starter: 'Starter',
  growth: 'Growth',
  pro: 'Pro',
};

/** A plan as the freelancer knows it. */
export function planName(plan: Plan): Phrase {
  return value(names[plan]);
}

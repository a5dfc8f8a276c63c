import { type PlanName } from '../../gate/plans';
import { planLabel } from '../planLabel';
import { type Phrase, value } from './phrase';

/** A plan as the freelancer knows it. */
export function planName(plan: PlanName): Phrase {
  return value(planLabel[plan]);
}

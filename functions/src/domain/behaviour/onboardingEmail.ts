import { type PlanName } from '../gate/plans';

export type OnboardingEmail = 'tutorial' | 'tips' | 'first_week' | 'upgrade';

/** From which day of an account on each is sent; the next one takes its place. */
const FROM_DAY: readonly (readonly [number, OnboardingEmail | null])[] = [
  [30, null],
  [14, 'upgrade'],
  [7, 'first_week'],
  [3, 'tips'],
  [1, 'tutorial'],
];

/**
 * The onboarding e-mail of an account of that age, in days of the calendar; null when there is none. After an outage,
 * and for those who agree later, only the one of the day counts: what was missed is not made up for.
 */
export function onboardingEmail(ageDays: number, plan: PlanName): OnboardingEmail | null {
  const email = FROM_DAY.find(([from]) => ageDays >= from)?.[1] ?? null;
  return email === 'upgrade' && plan !== 'free' ? null : email;
}

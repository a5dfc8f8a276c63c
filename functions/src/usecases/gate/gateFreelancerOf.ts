import { currentPlan } from '../../domain/billing/currentPlan';
import { type GateFreelancer } from '../../domain/gate/gateInput';
import { type Plans } from '../../domain/gate/plans';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { userSchema } from '../../store/userSchema';
import { type GateRefs } from './gateRefs';

/** The freelancer as the gate sees him; null when there is none. */
export function gateFreelancerOf(
  unit: UnitOfWork,
  refs: Pick<GateRefs, 'user'>,
  plans: Plans,
  now: Date,
): GateFreelancer | null {
  const user = refs.user === null ? null : decode(userSchema, unit.snapshot(refs.user));
  if (user === null) return null;
  return {
    active: user.status == null || user.status === 'active',
    collectionsEnabled: user.collectionsEnabled === true,
    optedOut: {
      sms: user.collectionsConsent?.smsOptedOut === true,
      email: user.collectionsConsent?.emailOptedOut === true,
    },
    marketingConsent: user.marketingConsent === true,
    plan: plans[currentPlan(user, plans.graceDays, now)],
  };
}

import { standingOf } from '../../domain/account/closing';
import { currentPlan } from '../../domain/billing/currentPlan';
import { type GateFreelancer } from '../../domain/gate/gateInput';
import { type Plans } from '../../domain/gate/plans';
import { decode } from '../../store/decode';
import { type MessageClass } from '../../domain/messages/messageTemplates';
import { type UnitOfWork } from '../../store/unitOfWork';
import { userSchema } from '../../store/userSchema';
import { type GateRefs } from './gateRefs';

/**
 * The freelancer as the gate sees him; null when there is none. Until an account that is to be closed is closed, its
 * debtors get what they are owed, and at the end the word that it is; they are not chased.
 */
export function gateFreelancerOf(
  unit: UnitOfWork,
  refs: Pick<GateRefs, 'user'>,
  plans: Plans,
  messageClass: MessageClass,
  now: Date,
): GateFreelancer | null {
  const user = refs.user === null ? null : decode(userSchema, unit.snapshot(refs.user));
  if (user === null) return null;
  const standing = standingOf(user);
  return {
    active: standing === 'active' || (messageClass === 'debtor_service' && user.status === 'closing'),
    collectionsEnabled: user.collectionsEnabled === true,
    optedOut: {
      sms: user.collectionsConsent?.smsOptedOut === true,
      email: user.collectionsConsent?.emailOptedOut === true,
    },
    marketingConsent: user.marketingConsent === true,
    plan: plans[currentPlan(user, plans.graceDays, now)],
  };
}

import { currentPlan } from '../../domain/billing/currentPlan';
import { planLabel } from '../../domain/messages/planLabel';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { behaviouralUserSchema, isReachable } from '../behaviour/behaviouralUser';
import { type Deps } from '../deps';
import { queueMessage } from '../queueMessage';
import { type GateRefs } from './gateRefs';
import { plansOf } from './plansOf';

/**
 * Adds to the unit that the freelancer is told how much of his month is used: a notice in the web client, and an e-mail
 * if he wants such e-mails. The usage that the unit writes says that he was told, so that it is once a month.
 */
export function tellQuota(
  deps: Pick<Deps, 'db' | 'config'>,
  unit: UnitOfWork,
  refs: Pick<GateRefs, 'user' | 'plans'>,
  { used, limit, month }: { readonly used: number; readonly limit: number; readonly month: string },
  now: Date,
): void {
  const { db } = deps;
  const user = refs.user === null ? null : decode(behaviouralUserSchema, unit.snapshot(refs.user));
  if (user === null || refs.user === null) return;
  const uid = refs.user.id;
  const plan = currentPlan(user, plansOf(unit.snapshot(refs.plans)).graceDays, now);
  const id = `quota_80_${uid}_${month}`;
  unit.create(collections.notification(db, id), {
    freelancerId: uid,
    type: 'quota_80',
    title: `${used} of ${limit} chased invoices are used`,
    message: `Your ${planLabel[plan]} plan covers ${limit} invoices a month. When all are used, reminders about further ones are not sent, nor made up for next month. A larger plan covers more.`,
    read: false,
    createdAt: now,
  });
  if (!isReachable(user)) return;
  queueMessage(
    deps,
    unit,
    {
      id,
      channel: 'email',
      template: 'quota_80',
      invoiceId: null,
      freelancerId: uid,
      to: user.email,
      params: { used, limit, plan },
    },
    now,
  );
}

import { type Caller } from '../../domain/caller';
import { crashPoint } from '../../platform/crashPoint';
import { BadInputError } from '../../platform/errors';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { cancelMessagesTo } from '../cancelMessagesTo';
import { changeOptOut, type OptOutResult } from '../changeOptOut';
import { type Deps } from '../deps';
import { recipientHashesOf, recipientHashOf } from '../recipientHashOf';
import { asAdmin } from './asAdmin';

export interface OptOutWish {
  /** E.164. */
  readonly phone: string;
  readonly action: 'opt_out' | 'opt_in';
  readonly reason: string | null;
}

export interface OptOutSet {
  /** What the number is now, as far as this call knows: `unchanged` when the opposite has been said since. */
  readonly status: 'opted_out' | 'opted_in' | 'unchanged';
  readonly outcome: OptOutResult;
  /** Of its row in `sms_opt_out_audit`. */
  readonly auditId: string;
}

/**
 * Takes down by hand that a number said STOP or START to somebody of us. In the audit log stands its keyed hash. That it
 * may be texted again wants a written reason, for nobody else can show later that its owner asked for it.
 *
 * @throws BadInputError, ForbiddenError
 */
export function setOptOut(deps: Deps, caller: Caller, wish: OptOutWish): Promise<OptOutSet> {
  const { phone, action, reason } = wish;
  if (action === 'opt_in' && reason === null) throw new BadInputError('reason: an opt-in needs one');
  const target = recipientHashOf(deps, 'sms', phone);
  return asAdmin(deps, caller, { action: `setOptOut:${action}`, target, reason }, async () => {
    // Of this request: a commit whose answer was lost finds it.
    const auditId = `manual_${caller.uid}_${deps.random.documentId()}`;
    const outcome = await retryConflicts(deps.random, async () => {
      const unit = new UnitOfWork(deps.db);
      const result = await changeOptOut(deps, unit, {
        phone,
        action,
        method: 'manual',
        messageSid: null,
        auditId,
      });
      if (result === 'repeated') return result;
      crashPoint('set-opt-out.before-commit');
      await unit.commit();
      crashPoint('set-opt-out.after-commit');
      return result;
    });
    if (action === 'opt_out')
      await cancelMessagesTo(deps, recipientHashesOf(deps, 'sms', phone), { reason: 'opted_out' });
    const said = action === 'opt_out' ? 'opted_out' : 'opted_in';
    return { status: outcome === 'superseded' ? 'unchanged' : said, outcome, auditId };
  });
}

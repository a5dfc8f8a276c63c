import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { type Plans } from '../../domain/gate/plans';
import { type Policy, policySchema } from '../../domain/gate/policy';
import { plansOf } from './plansOf';
import { settingsOf } from './settingsOf';

/**
 * Policy and plans as operators have set them, the defaults where they have not.
 *
 * @throws TransientFailure `settings_unusable` when they do not fit: nothing is sent until somebody mends them, and
 *   nothing is lost
 */
export function operatorSettings(
  policy: DocumentSnapshot,
  plans: DocumentSnapshot,
): { readonly policy: Policy; readonly plans: Plans } {
  return { policy: settingsOf(policySchema, policy), plans: plansOf(plans) };
}

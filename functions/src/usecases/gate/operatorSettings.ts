import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { type z } from 'zod';
import { plansSchema } from '../../domain/gate/plans';
import { policySchema } from '../../domain/gate/policy';
import { TransientFailure } from '../../platform/errors';
import { decode } from '../../store/decode';

/**
 * Policy and plans as operators have set them, the defaults where they have not.
 *
 * @throws TransientFailure `settings_unusable` when they do not fit: nothing is sent until somebody mends them, and
 *   nothing is lost
 */
export function operatorSettings(
  policy: DocumentSnapshot,
  plans: DocumentSnapshot,
): { readonly policy: z.infer<typeof policySchema>; readonly plans: z.infer<typeof plansSchema> } {
  try {
    return {
      policy: decode(policySchema, policy) ?? policySchema.parse({}),
      plans: decode(plansSchema, plans) ?? plansSchema.parse({}),
    };
  } catch (error) {
    throw new TransientFailure('settings_unusable', 'The settings of the service can not be used.', {
      cause: error,
    });
  }
}

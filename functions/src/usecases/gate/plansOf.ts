import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { type Plans, plansSchema } from '../../domain/gate/plans';
import { settingsOf } from './settingsOf';

/** The plans of `system_config/plans`. @throws TransientFailure `settings_unusable` when they do not fit */
export function plansOf(snapshot: DocumentSnapshot): Plans {
  return settingsOf(plansSchema, snapshot);
}

import { type Firestore } from 'firebase-admin/firestore';
import { type Plans } from '../../domain/gate/plans';
import { type Policy } from '../../domain/gate/policy';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';
import { operatorSettings } from '../gate/operatorSettings';

export interface EscalationSettings {
  readonly policy: Policy;
  readonly plans: Plans;
}

/** What operators change may take this long to be seen. The send gate looks for itself, at each message. */
const KEPT_MS = 5 * 60 * 1000;

const kept = new WeakMap<Firestore, { readonly at: number; readonly settings: EscalationSettings }>();

/**
 * Policy and plans as operators have set them, kept for five minutes.
 *
 * @throws TransientFailure `settings_unusable` when they do not fit
 */
export async function escalationSettings({
  db,
  clock,
}: Pick<Deps, 'db' | 'clock'>): Promise<EscalationSettings> {
  const now = clock.now().getTime();
  const known = kept.get(db);
  if (known !== undefined && Math.abs(now - known.at) < KEPT_MS) return known.settings;
  const [policy, plans] = await db.getAll(
    collections.systemConfig(db, 'policy'),
    collections.systemConfig(db, 'plans'),
  );
  if (policy === undefined || plans === undefined)
    throw new Error('Firestore answers for every document that was asked for');
  const settings = operatorSettings(policy, plans);
  kept.set(db, { at: now, settings });
  return settings;
}

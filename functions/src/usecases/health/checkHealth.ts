import { timeLimit } from '../../platform/timeLimit';
import { collections } from '../../store/collections';
import { type Deps } from '../deps';

/** `unknown`: it could not even be tried. */
export type CheckResult = 'ok' | 'failed' | 'unknown';

/** What everything else depends on. The providers are not asked: anybody may look here as often as he likes. */
export interface Health {
  readonly configuration: CheckResult;
  readonly firestore: CheckResult;
}

/** Longest wait for Firestore, milliseconds: whoever watches us waits ten seconds. */
const LIMIT_MS = 4_000;

/**
 * Whether we can work: the settings are usable, and Firestore answers. One read, no write.
 *
 * @param prepare makes the dependencies; throws when the settings are not usable
 * @param onFailure is told why, for the log
 */
export async function checkHealth(
  prepare: () => Promise<Pick<Deps, 'db'>>,
  onFailure: (cause: unknown) => void,
): Promise<Health> {
  let deps: Pick<Deps, 'db'>;
  try {
    deps = await prepare();
  } catch (cause) {
    onFailure(cause);
    return { configuration: 'failed', firestore: 'unknown' };
  }
  try {
    await timeLimit(LIMIT_MS, collections.systemConfig(deps.db, 'policy').get());
    return { configuration: 'ok', firestore: 'ok' };
  } catch (cause) {
    onFailure(cause);
    return { configuration: 'ok', firestore: 'failed' };
  }
}

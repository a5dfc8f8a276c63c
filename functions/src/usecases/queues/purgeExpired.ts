import { type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { crashPoint } from '../../platform/crashPoint';
import { log } from '../../platform/log';
import { CLAIMS } from '../../store/claim';
import { collections } from '../../store/collections';
import { isConflict } from '../../store/isConflict';
import { type Deps } from '../deps';
import { eachDocument } from '../eachDocument';
import { type JobOutcome, type JobRun } from '../runLeasedJob';

/** What expires, with the sub-collection that goes with a row. */
const EXPIRING: Readonly<Record<string, string | null>> = {
  [CLAIMS]: null,
  failed_webhooks: 'private',
  outbox: 'private',
  cron_runs: 'pages',
  sms_replies: null,
  checkout_expiries: null,
};

/** Firestore takes 500 writes in one commit. */
const MOST_WRITES = 400;
const AT_ONCE = 20;

/**
 * Deletes rows whose time is over, with what lies below them. Firestore's own expiry does so too, within a day or more,
 * and leaves what lies below.
 */
export async function purgeExpired(deps: Pick<Deps, 'db'>, run: JobRun): Promise<JobOutcome> {
  for (const [name, parts] of Object.entries(EXPIRING)) {
    const { outcome } = await eachDocument(
      run,
      collections.expired(deps.db, name, run.now),
      async (doc) => ((await purge(deps, doc, parts)) ? `purged_${name}` : 'purge_moved_on'),
      {
        atOnce: AT_ONCE,
        onError: (doc, error) =>
          log.jobItemLeft({ jobName: 'maintain-queues', itemId: doc.id, code: error.code, cause: error }),
      },
    );
    if (outcome === 'continues') return 'continues';
  }
  return 'finished';
}

/** The row last: whatever interrupts it, it is found again as long as something is left of it. */
async function purge(
  { db }: Pick<Deps, 'db'>,
  doc: QueryDocumentSnapshot,
  parts: string | null,
): Promise<boolean> {
  const below = parts === null ? [] : await doc.ref.collection(parts).listDocuments();
  while (below.length >= MOST_WRITES) {
    const some = db.batch();
    for (const ref of below.splice(0, MOST_WRITES)) some.delete(ref);
    await some.commit();
  }
  const batch = db.batch();
  for (const ref of below) batch.delete(ref);
  batch.delete(doc.ref, { lastUpdateTime: doc.updateTime });
  crashPoint('purge.before-commit');
  try {
    await batch.commit();
    crashPoint('purge.after-commit');
    return true;
  } catch (error) {
    if (!isConflict(error)) throw error;
    // Somebody has taken it up again; or Firestore's own expiry was faster, and nothing leads to what lay below but this.
    if ((await doc.ref.get()).exists) return false;
    const orphans = db.batch();
    for (const ref of below) orphans.delete(ref);
    await orphans.commit();
    return true;
  }
}

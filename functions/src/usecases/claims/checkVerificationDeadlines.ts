import { type DocumentReference, type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { decideDeadline, FIRST_REMINDER_MS } from '../../domain/claims/decideDeadline';
import { paymentClaimSchema } from '../../domain/claims/paymentClaim';
import { atOnce } from '../../platform/atOnce';
import { crashPoint } from '../../platform/crashPoint';
import { asRecoupError } from '../../platform/errors';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { freelancerOf } from '../freelancerOf';
import { invoiceStateOf } from '../invoiceStateOf';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { writeChanges } from '../writeChanges';

const PAGE = 100;
const AT_ONCE = 5;

/**
 * Reminds freelancers of claims that wait for their answer, and ends those whose time is over. Each claim is one
 * commit, by its own state, so that any number of runs do it once. One that throws is logged, counted and left for the
 * next run: it does not hold up the others.
 */
export async function checkVerificationDeadlines(deps: Deps, run: JobRun): Promise<JobOutcome> {
  const query = collections
    .claimsToVerify(deps.db, new Date(run.now.getTime() + FIRST_REMINDER_MS))
    .limit(PAGE);
  let after: QueryDocumentSnapshot | undefined;
  for (;;) {
    const { docs } = await (after === undefined ? query : query.startAfter(after)).get();
    for (let n = 0; n < docs.length; n += AT_ONCE) {
      if (run.signal.aborted || run.outOfTime()) return 'continues';
      await atOnce(AT_ONCE, docs.slice(n, n + AT_ONCE), async ({ ref }) => {
        const outcome = await checkOne(deps, ref, run.now).catch((error: unknown) => {
          log.claimLeft({ claimId: ref.id, code: asRecoupError(error).code, cause: error });
          return 'failed';
        });
        run.counts[outcome] = (run.counts[outcome] ?? 0) + 1;
      });
    }
    after = docs.at(-1);
    if (docs.length < PAGE) return 'finished';
  }
}

async function checkOne(deps: Deps, ref: DocumentReference, now: Date): Promise<string> {
  const { db } = deps;
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(db);
    await unit.read(ref);
    const claim = decode(paymentClaimSchema, unit.snapshot(ref));
    if (claim === null) return 'unchanged';
    // It says by itself that it needs nothing: then nothing more is read.
    if (decideDeadline(ref.id, claim, null, null, now) === null) return 'unchanged';
    const { invoiceId, freelancerId } = claim;
    await unit.read(
      collections.invoice(db, invoiceId),
      collections.escalationState(db, invoiceId),
      collections.user(db, freelancerId),
    );
    const state = await invoiceStateOf(db, unit, invoiceId);
    const changes = decideDeadline(ref.id, claim, state, await freelancerOf(db, unit, freelancerId), now);
    if (changes === null) return 'unchanged';
    writeChanges(deps, unit, changes, now);
    crashPoint('claim-deadline.before-commit');
    await unit.commit();
    crashPoint('claim-deadline.after-commit');
    return changes.outcome;
  });
}

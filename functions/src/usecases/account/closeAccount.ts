import { type Query, type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { type Closing, standingOf } from '../../domain/account/closing';
import { crashPoint } from '../../platform/crashPoint';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type User, userSchema } from '../../store/userSchema';
import { type Deps } from '../deps';
import { endSubscriptions } from '../billing/endSubscriptions';
import { eachDocument, outcomeOf } from '../eachDocument';
import { type JobOutcome, type JobRun } from '../runLeasedJob';
import { cancelWaiting } from './cancelWaiting';
import { closeInvoice } from './closeInvoice';
import { stopRecurring } from './stopRecurring';
import { writeAccount } from './writeAccount';

/** `telling`: all is closed, and the debtors are being told. `cut_short`: a later run goes on. `kept`: it was stopped. */
export type ClosingOutcome = 'accounts_closed' | 'accounts_telling' | 'accounts_cut_short' | 'accounts_kept';

/**
 * Closes an account whose days of grace are over, step by step; each step may be the last one that a process takes, and
 * is found done, or done again with nothing to do. The account counts as closed from the first step on; the record says
 * `closed` when the debtors' notices have left, for nothing is sent for a closed account.
 *
 * @throws TransientFailure when Stripe can not be asked or a record was busy: a later run goes on
 */
export async function closeAccount(deps: Deps, run: JobRun, uid: string): Promise<ClosingOutcome> {
  const user = await begin(deps, uid, run.now);
  if (user?.closing == null) return 'accounts_kept';
  crashPoint('close-account.after-start');
  if (user.closing.tellingSince == null) {
    if ((await stopEverything(deps, run, uid, user.closing)) === 'continues') return 'accounts_cut_short';
    crashPoint('close-account.after-invoices');
    await endSubscriptions(deps, user);
    crashPoint('close-account.after-subscription');
    const now = deps.clock.now();
    await collections.user(deps.db, uid).update({ 'closing.tellingSince': now, updatedAt: now });
    crashPoint('close-account.after-telling');
  }
  return finish(deps, uid);
}

/** From here on it can not be kept any more. @returns null when somebody has kept it */
async function begin(deps: Deps, uid: string, now: Date): Promise<User | null> {
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    const ref = collections.user(deps.db, uid);
    await unit.read(ref);
    const user = decode(userSchema, unit.snapshot(ref));
    const closesAt = user?.closing?.closesAt;
    if (user === null || closesAt == null || closesAt > now) return null;
    if (standingOf(user) === 'closed') return user;
    unit.update(ref, { 'closing.startedAt': now, updatedAt: now });
    await unit.commit();
    return user;
  });
}

async function stopEverything(deps: Deps, run: JobRun, uid: string, closing: Closing): Promise<JobOutcome> {
  const { db } = deps;
  const walk = async (
    query: Query,
    work: (doc: QueryDocumentSnapshot) => Promise<string>,
    afterPage?: (last: QueryDocumentSnapshot) => Promise<void>,
  ): Promise<JobOutcome> =>
    outcomeOf(
      await eachDocument(run, query, work, {
        onError: ({ id }, error) =>
          log.jobItemLeft({ jobName: 'close-accounts', itemId: id, code: error.code, cause: error }),
        ...(afterPage === undefined ? {} : { afterPage }),
      }),
    );
  const waiting = await walk(collections.waitingMessagesOf(db, uid), ({ ref }) => cancelWaiting(deps, ref));
  if (waiting === 'continues') return waiting;
  const recurring = await walk(collections.recurringInvoicesOf(db, uid), ({ ref }) =>
    stopRecurring(deps, ref),
  );
  if (recurring === 'continues') return recurring;
  const { invoicesDone } = closing;
  const invoices = collections.openInvoicesOf(db, uid);
  // Behind one that has to be tried again nothing counts as done.
  const failed: string[] = [];
  return walk(
    invoicesDone == null ? invoices : invoices.startAfter(invoicesDone),
    ({ id }) =>
      closeInvoice(deps, uid, id).catch((error: unknown) => {
        failed.push(id);
        throw error;
      }),
    async ({ id }) => {
      if (failed.length > 0) return;
      await collections.user(db, uid).update({ 'closing.invoicesDone': id });
      crashPoint('close-account.after-page');
    },
  );
}

/** The account is closed once its debtors were told, or can not be. */
async function finish(deps: Deps, uid: string): Promise<ClosingOutcome> {
  const { db } = deps;
  if (!(await collections.unsentMessagesOf(db, uid).limit(1).get()).empty) return 'accounts_telling';
  return retryConflicts<ClosingOutcome>(deps.random, async () => {
    const unit = new UnitOfWork(db);
    const ref = collections.user(db, uid);
    await unit.read(ref);
    const closing = decode(userSchema, unit.snapshot(ref))?.closing;
    if (closing?.closesAt == null) return 'accounts_closed';
    const now = deps.clock.now();
    writeAccount(
      deps,
      unit,
      uid,
      {
        outcome: 'account_closed',
        fields: {
          status: 'closed',
          closing: { ...closing, closesAt: null, closedAt: now, erasesAt: now },
          updatedAt: now,
        },
        deletion: {
          event: 'account_closed',
          by: 'job',
          requestedAt: closing.requestedAt,
          closesAt: closing.closesAt,
        },
      },
      now,
    );
    crashPoint('close-account.before-finish');
    await unit.commit();
    crashPoint('close-account.after-finish');
    return 'accounts_closed';
  });
}

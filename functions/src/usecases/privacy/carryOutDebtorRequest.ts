import { type DocumentReference } from 'firebase-admin/firestore';
import { type DebtorRequestKind, debtorRequestSchema } from '../../domain/privacy/debtorRights';
import { suppressionSchema } from '../../domain/messages/suppression';
import { crashPoint } from '../../platform/crashPoint';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { cancelMessagesTo } from '../cancelMessagesTo';
import { type Deps } from '../deps';
import { type JobRun } from '../runLeasedJob';
import { type Debtor } from './debtor';
import { eraseDebtor, holdsOf } from './eraseDebtor';
import { objectionHolds, withdrawPermissions } from './withdrawPermissions';
import { writeRequestRow } from './writeRequestRow';

/** How long a request waits before the open invoices are looked at again. */
const LOOK_AGAIN_MS = 24 * 60 * 60 * 1000;

export type RequestOutcome = 'requests_done' | 'requests_waiting' | 'requests_left' | 'requests_done_before';

/**
 * Does what a debtor has asked for, or goes on with it. Each step may be the last one that a process takes, and is found
 * done. `done` is written once there is nothing left, and the address goes with it.
 */
export async function carryOutDebtorRequest(
  deps: Deps,
  run: Pick<JobRun, 'counts' | 'signal' | 'outOfTime'>,
  ref: DocumentReference,
): Promise<RequestOutcome> {
  const request = decode(debtorRequestSchema, await ref.get());
  if (request?.email == null || request.dueAt === null) return 'requests_done_before';
  const { kind, email, addressHash, requestedAt } = request;
  const debtor = { email, addressHash };
  const { complete, openInvoices } =
    kind === 'erasure'
      ? await eraseDebtor(deps, run, debtor, requestedAt)
      : await withdrawPermissions(deps, run, debtor, requestedAt);
  if (!complete) return 'requests_left';
  if (kind === 'objection') await cancelMessagesTo(deps, [addressHash], { reason: 'suppressed' });
  return settle(deps, ref, openInvoices);
}

function settle(deps: Deps, ref: DocumentReference, openInvoices: number): Promise<RequestOutcome> {
  return retryConflicts<RequestOutcome>(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    const request = decode(debtorRequestSchema, unit.snapshot(ref));
    if (request?.dueAt == null) return 'requests_done_before';
    const now = deps.clock.now();
    if (openInvoices > 0) {
      unit.update(ref, { openInvoices, dueAt: new Date(now.getTime() + LOOK_AGAIN_MS) });
      await unit.commit();
      return 'requests_waiting';
    }
    unit.update(ref, { openInvoices, email: null, dueAt: null, doneAt: now });
    writeRequestRow(deps, unit, request, 'done', now);
    crashPoint('debtor-request.before-done');
    await unit.commit();
    crashPoint('debtor-request.after-done');
    return 'requests_done';
  });
}

/** Whether there is anything that such a request would change. */
export async function isWanted(deps: Deps, kind: DebtorRequestKind, debtor: Debtor): Promise<boolean> {
  if (kind === 'erasure') return holdsOf(deps, debtor);
  const suppression = await collections.emailSuppression(deps.db, debtor.addressHash).get();
  if (decode(suppressionSchema, suppression)?.status !== 'suppressed') return true;
  return !(await objectionHolds(deps, debtor));
}

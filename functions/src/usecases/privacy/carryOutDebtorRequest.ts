import { type DocumentReference } from 'firebase-admin/firestore';
import { contactFieldsOf } from '../../domain/contact/contactFieldsOf';
import { type DebtorRequestKind, debtorRequestSchema } from '../../domain/privacy/debtorRights';
import { isObjection } from '../../domain/messages/isObjection';
import { suppressionSchema } from '../../domain/messages/suppression';
import { crashPoint } from '../../platform/crashPoint';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { cancelMessagesTo } from '../cancelMessagesTo';
import { openContact } from '../contact/openContact';
import { type Deps } from '../deps';
import { type JobRun } from '../runLeasedJob';
import { type Debtor, debtorOf } from './debtor';
import { eraseDebtor, holdsOf } from './eraseDebtor';
import { type Look } from './look';
import { nothingOf } from './stripRow';
import { objectionHolds, withdrawPermissions } from './withdrawPermissions';
import { writeRequestRow } from './writeRequestRow';

/** How long a request waits before open invoices, and messages that are not done with, are looked at again. */
const LOOK_AGAIN_MS = 24 * 60 * 60 * 1000;

export type RequestOutcome = 'requests_done' | 'requests_waiting' | 'requests_left' | 'requests_done_before';

/**
 * Does what a debtor has asked for, or goes on with it. Each step may be the last one that a process takes, and is found
 * done. `done` is written once there is nothing left, and the address goes with it.
 *
 * @throws TransientFailure `contact_key_unavailable`: a later look goes on
 */
export async function carryOutDebtorRequest(
  deps: Deps,
  run: Pick<JobRun, 'counts' | 'signal' | 'outOfTime'>,
  ref: DocumentReference,
): Promise<RequestOutcome> {
  const request = decode(debtorRequestSchema, await ref.get());
  const email = await openContact(deps, null, ref, 'email', request?.email);
  if (request === null || email === null || request.dueAt === null) return 'requests_done_before';
  const debtor = await debtorOf(deps, email);
  const look =
    request.kind === 'erasure'
      ? await eraseDebtor(deps, run, debtor)
      : await withdrawPermissions(deps, run, debtor);
  if (!look.complete) return 'requests_left';
  if (request.kind === 'objection') await cancelMessagesTo(deps, debtor.hashes, { reason: 'suppressed' });
  return settle(deps, ref, look);
}

function settle(
  deps: Deps,
  ref: DocumentReference,
  { openInvoices, keptMessages }: Look,
): Promise<RequestOutcome> {
  return retryConflicts<RequestOutcome>(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    const request = decode(debtorRequestSchema, unit.snapshot(ref));
    if (request?.dueAt == null) return 'requests_done_before';
    const now = deps.clock.now();
    if (openInvoices > 0 || keptMessages > 0) {
      unit.update(ref, { openInvoices, dueAt: new Date(now.getTime() + LOOK_AGAIN_MS) });
      await unit.commit();
      return 'requests_waiting';
    }
    const gone = nothingOf(unit.snapshot(ref), contactFieldsOf(debtorRequestSchema));
    unit.update(ref, { ...gone, openInvoices, dueAt: null, doneAt: now });
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
  const refs = debtor.hashes.map((hash) => collections.emailSuppression(deps.db, hash));
  const rows = (await deps.db.getAll(...refs)).map((row) => decode(suppressionSchema, row));
  if (!rows.some((row) => row !== null && isObjection(row))) return true;
  return !(await objectionHolds(deps, debtor));
}

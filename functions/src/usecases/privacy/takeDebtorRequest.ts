import {
  answerOf,
  type DebtorRequest,
  type DebtorRequestKind,
  debtorRequestSchema,
  type RequestAnswer,
} from '../../domain/privacy/debtorRights';
import { crashPoint } from '../../platform/crashPoint';
import { asRecoupError } from '../../platform/errors';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { suppressEmail } from '../suppressEmail';
import { type Debtor } from './debtor';
import { carryOutDebtorRequest, isWanted } from './carryOutDebtorRequest';
import { writeRequestRow } from './writeRequestRow';

/** The call does what it can in this time; the hourly job does the rest. */
const MOST_MS = 20_000;

/**
 * Takes down what a debtor asks for, in one commit, and does as much of it at once as time allows. From that commit on
 * an objection holds, for the address is suppressed in it; the rest is done by this call or by a job. What was done
 * before, and for which there is nothing new, is not taken down again.
 */
export async function takeDebtorRequest(
  deps: Deps,
  debtor: Debtor,
  kind: DebtorRequestKind,
): Promise<RequestAnswer> {
  const taken = await takeDown(deps, debtor, kind);
  if (taken.dueAt === null) return answerOf(taken, deps.clock.now());
  const deadline = deps.clock.now().getTime() + MOST_MS;
  const run = {
    counts: {},
    signal: AbortSignal.timeout(MOST_MS),
    outOfTime: () => deps.clock.now().getTime() > deadline,
  };
  const ref = collections.debtorRequest(deps.db, kind, debtor.addressHash);
  try {
    await carryOutDebtorRequest(deps, run, ref);
  } catch (cause) {
    // It is written down, so a job goes on with it.
    log.jobItemLeft({ jobName: 'debtor-rights', itemId: ref.id, code: asRecoupError(cause).code, cause });
  }
  return answerOf(decode(debtorRequestSchema, await ref.get()) ?? taken, deps.clock.now());
}

async function takeDown(deps: Deps, debtor: Debtor, kind: DebtorRequestKind): Promise<DebtorRequest> {
  const { email, addressHash } = debtor;
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    const ref = collections.debtorRequest(deps.db, kind, addressHash);
    await unit.read(ref);
    const earlier = decode(debtorRequestSchema, unit.snapshot(ref));
    if (earlier !== null && (earlier.dueAt !== null || !(await isWanted(deps, kind, debtor)))) return earlier;
    const now = deps.clock.now();
    const request: DebtorRequest = {
      kind,
      addressHash,
      email,
      requestedAt: now,
      dueAt: now,
      doneAt: null,
      openInvoices: 0,
    };
    unit.save(ref, request);
    if (kind === 'objection') await suppressEmail(deps, unit, addressHash, 'unsubscribe');
    writeRequestRow(deps, unit, request, 'requested', now);
    crashPoint('debtor-request.before-commit');
    await unit.commit();
    crashPoint('debtor-request.after-commit');
    return request;
  });
}

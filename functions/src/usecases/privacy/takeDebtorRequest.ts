import { type DocumentData, type DocumentReference } from 'firebase-admin/firestore';
import {
  answerOf,
  type DebtorRequest,
  type DebtorRequestKind,
  debtorRequestSchema,
  type RequestAnswer,
} from '../../domain/privacy/debtorRights';
import { crashPoint } from '../../platform/crashPoint';
import { asRecoupError, TransientFailure } from '../../platform/errors';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { contactFields } from '../contact/contactFields';
import { type Deps } from '../deps';
import { suppressEmail } from '../suppressEmail';
import { unsubscribeEmail } from '../unsubscribeEmail';
import { type Debtor } from './debtor';
import { carryOutDebtorRequest, isWanted } from './carryOutDebtorRequest';
import { writeRequestRow } from './writeRequestRow';

/** The call does what it can in this time; the hourly job does the rest. */
const MOST_MS = 20_000;

/**
 * Takes down what a debtor asks for, in one commit, and does as much of it at once as time allows. From that commit on
 * an objection holds, for the address is suppressed in it; the rest is done by this call or by a job. What was done
 * before, and for which there is nothing new, is not taken down again.
 *
 * @throws TransientFailure `contact_key_unavailable` when the address can not be sealed; an objection holds nevertheless
 */
export async function takeDebtorRequest(
  deps: Deps,
  debtor: Debtor,
  kind: DebtorRequestKind,
): Promise<RequestAnswer> {
  const { request, ref } = await takeDown(deps, debtor, kind);
  if (request.dueAt === null) return answerOf(request, deps.clock.now());
  const deadline = deps.clock.now().getTime() + MOST_MS;
  const run = {
    counts: {},
    signal: AbortSignal.timeout(MOST_MS),
    outOfTime: () => deps.clock.now().getTime() > deadline,
  };
  try {
    await carryOutDebtorRequest(deps, run, ref);
  } catch (cause) {
    // It is written down, so a job goes on with it.
    log.jobItemLeft({ jobName: 'debtor-rights', itemId: ref.id, code: asRecoupError(cause).code, cause });
  }
  return answerOf(decode(debtorRequestSchema, await ref.get()) ?? request, deps.clock.now());
}

interface Taken {
  readonly request: DebtorRequest;
  readonly ref: DocumentReference;
}

async function takeDown(deps: Deps, debtor: Debtor, kind: DebtorRequestKind): Promise<Taken> {
  const { email, hashes } = debtor;
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    // One that was taken down under an earlier key of the hashes is the same request.
    const refs = hashes.map((hash) => collections.debtorRequest(deps.db, kind, hash));
    const known = (await unit.read(...refs)).flatMap((row): Taken[] => {
      const request = decode(debtorRequestSchema, row);
      return request === null ? [] : [{ request, ref: row.ref }];
    });
    const earlier = known.find(({ request }) => request.dueAt !== null) ?? known[0];
    if (earlier !== undefined && (earlier.request.dueAt !== null || !(await isWanted(deps, kind, debtor))))
      return earlier;
    const now = deps.clock.now();
    const [addressHash] = hashes;
    const ref = collections.debtorRequest(deps.db, kind, addressHash);
    const request: DebtorRequest = {
      kind,
      addressHash,
      email,
      requestedAt: now,
      dueAt: now,
      doneAt: null,
      openInvoices: 0,
    };
    unit.save(ref, await inItsForm(deps, debtor, ref, request, unit.snapshot(ref).data()));
    if (kind === 'objection') await suppressEmail(deps, unit, addressHash, 'unsubscribe', { objects: true });
    writeRequestRow(deps, unit, request, 'requested', now);
    crashPoint('debtor-request.before-commit');
    await unit.commit();
    crashPoint('debtor-request.after-commit');
    return { request, ref };
  });
}

/**
 * The request as it is kept, its address sealed where contact data is. A "no" waits for no key: where that can not be had
 * nothing is sent from here on, and who asked is told to ask again for the rest.
 */
async function inItsForm(
  deps: Deps,
  { hashes }: Debtor,
  ref: DocumentReference,
  request: DebtorRequest,
  before: DocumentData | undefined,
): Promise<DocumentData> {
  try {
    return await contactFields(deps, { ref, schema: debtorRequestSchema, owner: null }, request, before);
  } catch (error) {
    if (request.kind === 'objection' && error instanceof TransientFailure)
      await unsubscribeEmail(deps, hashes[0], { objects: true });
    throw error;
  }
}

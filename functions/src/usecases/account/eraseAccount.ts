import { type DocumentSnapshot, FieldValue } from 'firebase-admin/firestore';
import { type Closing } from '../../domain/account/closing';
import { type Erasure } from '../../domain/privacy/dataEntry';
import { dataEntries, partsOf } from '../../domain/privacy/dataMap';
import { collectionOf } from '../../domain/privacy/pageCursor';
import { recordsUntil } from '../../domain/privacy/retention';
import { crashPoint } from '../../platform/crashPoint';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { userSchema } from '../../store/userSchema';
import { type Deps } from '../deps';
import { deleteRow } from '../privacy/deleteRow';
import { eachRow } from '../privacy/eachRow';
import { rowsOfOwner } from '../privacy/rowsOfOwner';
import { stripRow } from '../privacy/stripRow';
import { type JobRun } from '../runLeasedJob';
import { writeAccount } from './writeAccount';

/** `left`: something could not be erased now. `cut_short`: a later run goes on. `done_before`: nothing to do. */
export type ErasureOutcome =
  'accounts_erased' | 'accounts_erase_left' | 'accounts_erase_cut_short' | 'accounts_erase_done_before';

/**
 * Erases what need not be kept of a closed account, collection by collection, as the data map says; what has to be kept
 * stays without contact data. Any step may be the last one that a process takes: what is deleted is not found again,
 * and what was stripped has nothing left to strip. When a last look finds nothing, the record in Firebase Auth is deleted
 * too, by which the person signed in; only then `done` is written.
 *
 * @throws TransientFailure `auth_unavailable`: a later run goes on
 */
export async function eraseAccount(deps: Deps, run: JobRun, uid: string): Promise<ErasureOutcome> {
  const closing = await closingOf(deps, uid);
  if (closing?.erasesAt == null) return 'accounts_erase_done_before';
  const begun = closing.erasedTo ?? null;
  const names = dataEntries.map(([name]) => name);
  const from = begun === null ? 0 : Math.max(0, names.indexOf(collectionOf(begun)));
  for (const [name, { erasure }] of dataEntries.slice(from)) {
    if (!touches(erasure)) continue;
    const rows = rowsOfOwner(
      deps,
      name,
      { uid, addressHashes: [] },
      begun !== null && collectionOf(begun) === name ? begun : null,
    );
    const { ended, failed } = await eachRow(run, rows, (row) => eraseRow(deps, name, erasure, row), {
      jobName: 'close-accounts',
      afterGroup: async ({ ref }) => {
        await collections.user(deps.db, uid).update({ 'closing.erasedTo': ref.path });
        crashPoint('erase-account.after-page');
      },
    });
    if (failed > 0) return 'accounts_erase_left';
    if (!ended) return 'accounts_erase_cut_short';
  }
  if (await somethingIsLeft(deps, uid)) {
    // It came in meanwhile: once more, from the start.
    await collections.user(deps.db, uid).update({ 'closing.erasedTo': null });
    return 'accounts_erase_left';
  }
  await deps.identity.remove(uid);
  crashPoint('erase-account.after-sign-in');
  await finish(deps, uid);
  return 'accounts_erased';
}

/** The account itself comes last. */
function touches(erasure: Erasure): boolean {
  if (erasure.does === 'strip') return erasure.fields.length > 0 || erasure.unless !== undefined;
  return erasure.does === 'delete';
}

async function closingOf({ db }: Deps, uid: string): Promise<Closing | null> {
  return decode(userSchema, await collections.user(db, uid).get())?.closing ?? null;
}

async function eraseRow(deps: Deps, name: string, erasure: Erasure, row: DocumentSnapshot): Promise<string> {
  switch (erasure.does) {
    case 'strip': {
      const { fields, unless } = erasure;
      if (unless === undefined || row.get(unless.field) !== unless.is)
        return (await stripRow(deps, row.ref, fields)) ? 'rows_stripped' : 'rows_kept';
      return remove(deps, name, row);
    }
    case 'delete':
      return remove(deps, name, row);
    case 'follow':
    case 'survive':
    case 'reduce':
      return 'rows_kept';
  }
}

/** Somebody may have changed it: then it is found by the last look. */
async function remove(deps: Deps, name: string, row: DocumentSnapshot): Promise<string> {
  return (await deleteRow(deps, row, partsOf(name))) ? 'rows_erased' : 'rows_moved_on';
}

async function somethingIsLeft(deps: Deps, uid: string): Promise<boolean> {
  for (const [name, { erasure }] of dataEntries) {
    if (erasure.does !== 'delete') continue;
    const first = await rowsOfOwner(deps, name, { uid, addressHashes: [] }).next();
    if (first.done !== true) return true;
  }
  return false;
}

/** Of the account itself little stays; that it is erased is written in the same commit. */
async function finish(deps: Deps, uid: string): Promise<void> {
  await retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    const ref = collections.user(deps.db, uid);
    await unit.read(ref);
    const closing = decode(userSchema, unit.snapshot(ref))?.closing;
    if (closing?.erasesAt == null) return;
    const now = deps.clock.now();
    writeAccount(
      deps,
      unit,
      uid,
      {
        outcome: 'account_erased',
        fields: {
          ...goneFrom(unit.snapshot(ref)),
          closing: {
            ...closing,
            erasesAt: null,
            erasedTo: null,
            erasedAt: now,
            recordsUntil: recordsUntil(closing.closedAt ?? now),
          },
          updatedAt: now,
        },
        deletion: { event: 'done', by: 'job', requestedAt: closing.requestedAt, closesAt: null },
      },
      now,
    );
    crashPoint('erase-account.before-finish');
    await unit.commit();
    crashPoint('erase-account.after-finish');
  });
}

function goneFrom(account: DocumentSnapshot): Record<string, FieldValue> {
  const erasure = dataEntries.find(([name]) => name === 'users')?.[1].erasure;
  const kept = erasure?.does === 'reduce' ? erasure.to : [];
  const gone = Object.keys(account.data() ?? {}).filter((field) => !kept.includes(field));
  return Object.fromEntries(gone.map((field) => [field, FieldValue.delete()]));
}

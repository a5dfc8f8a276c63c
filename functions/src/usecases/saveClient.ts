import { type Caller } from '../domain/caller';
import { clientSchema, type debtorKinds } from '../domain/client/client';
import { crashPoint } from '../platform/crashPoint';
import { ForbiddenError } from '../platform/errors';
import { collections } from '../store/collections';
import { decode } from '../store/decode';
import { retryConflicts } from '../store/retryConflicts';
import { UnitOfWork } from '../store/unitOfWork';
import { openAccount } from './account/openAccount';
import { contactFields } from './contact/contactFields';
import { type Deps } from './deps';

export interface ClientInput {
  /** Chosen by the web client, so that a repeated request makes one client; made here when it is left out. */
  readonly clientId?: string | undefined;
  readonly name: string;
  readonly company: string | null;
  /** Trimmed and in lower case. */
  readonly email: string;
  /** E.164. */
  readonly phone: string | null;
  readonly debtorKind: (typeof debtorKinds)[number];
}

/** Nobody has said yes or no yet. */
const UNKNOWN_PERMISSION = { status: 'unknown', lawfulBasis: null, source: null, capturedAt: null };

/**
 * Creates or changes a client of the caller's own. What the client has said about being contacted is never touched
 * here: a new address does not undo a "no".
 *
 * @throws ForbiddenError when the client belongs to somebody else, ConflictError for an account that is being closed
 */
export async function saveClient(
  deps: Deps,
  caller: Caller,
  input: ClientInput,
): Promise<{ readonly clientId: string }> {
  const { clientId: given, ...fields } = input;
  const clientId = given ?? deps.random.documentId();
  const ref = collections.client(deps.db, clientId);
  await openAccount(deps, caller);
  await retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    await unit.read(ref);
    const existing = decode(clientSchema, unit.snapshot(ref));
    if (existing !== null && existing.freelancerId !== caller.uid) {
      throw new ForbiddenError('This client is not yours.');
    }
    const now = deps.clock.now();
    const hasPermissions = unit.snapshot(ref).get('contactPermissions') !== undefined;
    const place = { ref, schema: clientSchema, owner: caller.uid };
    unit.save(ref, {
      ...(await contactFields(deps, place, fields, unit.snapshot(ref).data())),
      ...(hasPermissions
        ? {}
        : { contactPermissions: { email: UNKNOWN_PERMISSION, sms: UNKNOWN_PERMISSION } }),
      ...(existing === null ? { freelancerId: caller.uid, status: 'active', createdAt: now } : {}),
      updatedAt: now,
    });
    crashPoint('save-client.before-commit');
    await unit.commit();
    crashPoint('save-client.after-commit');
  });
  return { clientId };
}

import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { type ConnectedAccount, connectedAccountFields } from '../../domain/account/connectedAccount';
import { isDocumentId } from '../../domain/documentId';
import { type StripeEvent } from '../../domain/payment/stripeEvent';
import { PermanentFailure } from '../../platform/errors';
import { isMadeByUs } from '../../providers/stripe/connectGateway';
import { type ClaimResult, processOnce } from '../../store/claim';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { userSchema } from '../../store/userSchema';
import { type Deps } from '../deps';

/**
 * Writes down what a freelancer's connected account can do. The event only says that something changed: Stripe is asked
 * for the account after the user was read, and the user must be unchanged at commit, so that of events in any order the
 * last to be applied has seen the newest state.
 *
 * @returns null when the account is none of ours: nothing was written
 * @throws PermanentFailure `unknown_account` for one that we made and that belongs to nobody here; TransientFailure
 */
export async function applyAccountUpdated(
  deps: Deps,
  attemptId: string,
  event: StripeEvent,
): Promise<ClaimResult | null> {
  const accountId = event.account ?? event.data.object['id'];
  if (!isDocumentId(accountId)) return null;
  const identity = { source: 'stripe' as const, eventId: event.id, eventType: event.type };
  return processOnce(deps, identity, attemptId, async (unit) => {
    const owner = await ownerOf(deps, unit, accountId);
    if (owner === null && !isMadeByUs(event.data.object)) return null;
    const account = await deps.connect.account(accountId);
    const found = owner ?? (await orphanOwner(deps, unit, account));
    const seq = decode(userSchema, found)?.stripeAccountSeq ?? 0;
    unit.update(found.ref, connectedAccountFields(account, seq));
    return {
      outcome: owner === null ? 'adopted' : 'applied',
      metadata: { account: accountId, apiVersion: event.api_version ?? null },
    };
  });
}

/** The user whose account it is; null when it is nobody's. */
async function ownerOf({ db }: Deps, unit: UnitOfWork, accountId: string): Promise<DocumentSnapshot | null> {
  const { docs } = await collections.usersOfAccount(db, accountId).limit(2).get();
  const [owner, another] = docs;
  if (owner === undefined) return null;
  if (another !== undefined)
    throw new PermanentFailure('ambiguous_account', 'Two users have this connected account.');
  unit.know(owner);
  return owner;
}

/** The user for whom it was made, by a process that died before it could write it down. */
async function orphanOwner(
  { db }: Deps,
  unit: UnitOfWork,
  { freelancerId }: ConnectedAccount,
): Promise<DocumentSnapshot> {
  if (isDocumentId(freelancerId)) {
    const [snapshot] = await unit.read(collections.user(db, freelancerId));
    const user = decode(userSchema, snapshot);
    if (snapshot !== undefined && user !== null && user.stripeAccountId == null) return snapshot;
  }
  throw new PermanentFailure('unknown_account', 'This connected account belongs to nobody here.');
}

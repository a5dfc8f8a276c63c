import { accountSchema, newAccount } from '../../domain/account/account';
import { type ClerkEvent } from '../../domain/account/clerkEvent';
import { decideClerkUser } from '../../domain/account/decideClerkUser';
import { type ClaimResult, type EventIdentity, processOnce } from '../../store/claim';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type Deps } from '../deps';
import { writeAccount } from './writeAccount';

/**
 * Applies what Clerk tells of a user exactly once; the live path and every retry come through here. What the server
 * decides (plan, Stripe, role, consents) is never touched.
 */
export function applyClerkEvent(
  deps: Deps,
  attemptId: string,
  identity: EventIdentity,
  event: ClerkEvent,
): Promise<ClaimResult | null> {
  const uid = event.data.id;
  return processOnce(deps, identity, attemptId, async (unit) => {
    const ref = collections.user(deps.db, uid);
    await unit.read(ref);
    const now = deps.clock.now();
    const user = unit.snapshot(ref);
    const change = decideClerkUser(decode(accountSchema, user), event, newAccount(now, user.data()), now);
    writeAccount(deps, unit, uid, change, now);
    return { outcome: change.outcome };
  });
}

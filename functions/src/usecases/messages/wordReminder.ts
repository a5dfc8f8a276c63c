import { clientSchema } from '../../domain/client/client';
import { levelReminder, NO_CLAIM, type NamedClaim } from '../../domain/escalation/levelReminder';
import { statutoryClaim } from '../../domain/interest/statutoryClaim';
import { type Invoice } from '../../domain/invoice/invoice';
import { londonDay } from '../../domain/londonDay';
import { type MessageParams, type OutboxRow } from '../../domain/messages/outboxRow';
import { PermanentFailure } from '../../platform/errors';
import { log } from '../../platform/log';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { type UnitOfWork } from '../../store/unitOfWork';
import { userSchema } from '../../store/userSchema';
import { type Deps } from '../deps';
import { bankRatesOf } from './bankRatesOf';
import { partPaymentsOf } from './partPaymentsOf';

/** An invoice of which its debtor is reminded. */
export interface Reminded {
  readonly id: string;
  readonly invoice: Invoice;
}

/**
 * The values of a reminder as they are at this moment: what is left to pay, interest up to today, the last day to pay. A
 * part payment that came while the reminder waited is not asked for again.
 *
 * @param unit has read the freelancer and the client
 * @throws PermanentFailure `no_such_level` for a row of a level that is not a reminder's
 */
export async function wordReminder(
  deps: Pick<Deps, 'db'>,
  unit: UnitOfWork,
  { level }: Pick<OutboxRow, 'level'>,
  reminded: Reminded,
  now: Date,
): Promise<MessageParams> {
  const { invoice } = reminded;
  if (level !== 'gentle' && level !== 'firm' && level !== 'final')
    throw new PermanentFailure('no_such_level', 'There is no reminder of this level.');
  const user = decode(userSchema, unit.snapshot(collections.user(deps.db, invoice.freelancerId)));
  const claim =
    level === 'gentle'
      ? NO_CLAIM
      : { ...(await claimOf(deps, unit, reminded, now)), chargesStatutory: user?.chargesStatutory === true };
  return levelReminder(level, invoice, user?.businessName ?? user?.name ?? null, claim, now).params;
}

async function claimOf(
  deps: Pick<Deps, 'db'>,
  unit: UnitOfWork,
  { id, invoice }: Reminded,
  now: Date,
): Promise<Omit<NamedClaim, 'chargesStatutory'>> {
  const { db } = deps;
  const client =
    invoice.clientId == null
      ? null
      : decode(clientSchema, unit.snapshot(collections.client(db, invoice.clientId)));
  const [payments, rates] = await Promise.all([partPaymentsOf(db, unit, invoice), bankRatesOf(deps)]);
  const { missingRate, ...claim } = statutoryClaim(
    invoice,
    payments,
    client?.debtorKind,
    rates,
    londonDay(now),
  );
  if (missingRate !== null) log.bankRateMissing({ invoiceId: id, reason: missingRate });
  return claim;
}

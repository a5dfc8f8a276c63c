import { clientSchema } from '../../domain/client/client';
import { courtesyParams } from '../../domain/courtesy/courtesyParams';
import { NO_CLAIM, type NamedClaim, reminderParams } from '../../domain/escalation/reminderParams';
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
 * The values of a reminder or a courtesy note as they are at this moment: what is left to pay, interest up to today, the
 * last day to pay. A part payment that came while it waited is not asked for again. A reminder that was asked for by
 * hand is of no level, and names no interest: that is for the chase to compute.
 *
 * @param unit has read the freelancer and the client
 * @throws PermanentFailure `unwritable` for a row of a template that is none of them
 */
export async function wordReminder(
  deps: Pick<Deps, 'db'>,
  unit: UnitOfWork,
  { level, template }: Pick<OutboxRow, 'level' | 'template'>,
  reminded: Reminded,
  now: Date,
): Promise<MessageParams> {
  const { invoice } = reminded;
  const user = decode(userSchema, unit.snapshot(collections.user(deps.db, invoice.freelancerId)));
  const businessName = user?.businessName ?? user?.name ?? null;
  if (template === 'courtesy_before' || template === 'courtesy_due')
    return courtesyParams(invoice, businessName);
  if (template !== 'gentle' && template !== 'firm' && template !== 'final')
    throw new PermanentFailure('unwritable', 'There is no such reminder.');
  const claim =
    template === 'gentle' || level === null
      ? NO_CLAIM
      : { ...(await claimOf(deps, unit, reminded, now)), chargesStatutory: user?.chargesStatutory === true };
  return reminderParams(template, invoice, businessName, claim, now);
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

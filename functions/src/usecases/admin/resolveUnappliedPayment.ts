import { FieldValue } from 'firebase-admin/firestore';
import { type Caller } from '../../domain/caller';
import { decideResolution } from '../../domain/payment/decideResolution';
import { type Transaction, transactionSchema } from '../../domain/payment/transaction';
import { type InvoiceStatus } from '../../domain/invoice/invoice';
import { crashPoint } from '../../platform/crashPoint';
import { ConflictError, NotFoundError } from '../../platform/errors';
import { collections } from '../../store/collections';
import { decode } from '../../store/decode';
import { retryConflicts } from '../../store/retryConflicts';
import { UnitOfWork } from '../../store/unitOfWork';
import { type Deps } from '../deps';
import { freelancerOf } from '../freelancerOf';
import { invoiceStateOf } from '../invoiceStateOf';
import { pendingClaimsOf } from '../pendingClaimsOf';
import { writeChanges } from '../writeChanges';
import { asAdmin } from './asAdmin';

/** What an operator makes of a payment that could not be applied. */
export interface Resolution {
  readonly transactionId: string;
  /** The invoice that it pays; null: it was refunded elsewhere. */
  readonly invoiceId: string | null;
  readonly reason: string;
}

export interface ResolutionAnswer {
  readonly transactionId: string;
  readonly resolution: 'applied' | 'refunded_elsewhere';
  readonly invoiceId: string | null;
  /** What the invoice is now; null when it was applied to none. */
  readonly status: InvoiceStatus | null;
}

/**
 * Applies a payment that could not be applied to the invoice that it is for, with everything that a payment brings with
 * it, or notes that it was given back elsewhere. The money is recorded once: the row is the payment's own, and one that is
 * resolved is resolved for good. Asked twice for the same, it is one.
 *
 * @throws ForbiddenError, NotFoundError, or ConflictError with the reason
 */
export function resolveUnappliedPayment(
  deps: Deps,
  caller: Caller,
  resolution: Resolution,
): Promise<ResolutionAnswer> {
  const { transactionId, reason } = resolution;
  const act = { action: 'resolveUnappliedPayment', target: transactionId, reason };
  return asAdmin(deps, caller, act, () =>
    retryConflicts(deps.random, () => resolve(deps, caller, resolution)),
  );
}

async function resolve(deps: Deps, caller: Caller, wanted: Resolution): Promise<ResolutionAnswer> {
  const { db } = deps;
  const { transactionId, invoiceId, reason } = wanted;
  const ref = collections.transaction(db, transactionId);
  const unit = new UnitOfWork(db);
  await unit.read(
    ref,
    ...(invoiceId === null
      ? []
      : [collections.invoice(db, invoiceId), collections.escalationState(db, invoiceId)]),
  );
  const transaction = decode(transactionSchema, unit.snapshot(ref));
  if (transaction === null) throw new NotFoundError('There is no such payment.');
  const kind = invoiceId === null ? 'refunded_elsewhere' : 'applied';
  const answer = { transactionId, resolution: kind, invoiceId } as const;
  const state = invoiceId === null ? null : await invoiceStateOf(db, unit, invoiceId);
  const earlier = transaction.resolution ?? null;
  if (earlier?.kind === kind && earlier.invoiceId === invoiceId)
    return { ...answer, status: state?.invoice.status ?? null };
  if (earlier !== null) throw new ConflictError('This payment is resolved already, in another way.');
  if (transaction.applied) throw new ConflictError('This payment is applied to its invoice.');

  const now = deps.clock.now();
  let status: InvoiceStatus | null = null;
  if (invoiceId !== null) {
    if (state === null) throw new NotFoundError('There is no such invoice.');
    const decision = decideResolution(
      {
        transactionId,
        transaction,
        state,
        freelancer: await freelancerOf(db, unit, state.invoice.freelancerId),
        accountIsForeign: await isForeign(deps, transaction, state.invoice.freelancerId),
        pendingClaims: await pendingClaimsOf(db, unit, state),
      },
      now,
    );
    if (decision.kind === 'refused') throw new ConflictError(decision.reason);
    if (decision.kind === 'changed') {
      writeChanges(deps, unit, decision.changes, now);
      status = decision.changes.invoice?.fields.status ?? state.invoice.status;
    }
  }
  unit.update(ref, {
    resolution: { kind, invoiceId, by: caller.uid, reason, at: now },
    ...(invoiceId === null ? {} : { reason: FieldValue.delete() }),
    updatedAt: now,
  });
  crashPoint('resolve-payment.before-commit');
  await unit.commit();
  crashPoint('resolve-payment.after-commit');
  return { ...answer, status };
}

/** Whether somebody else holds the connected account that the money went to. */
async function isForeign(
  { db }: Pick<Deps, 'db'>,
  { stripeAccountId }: Transaction,
  freelancerId: string,
): Promise<boolean> {
  if (stripeAccountId == null) return false;
  const { docs } = await collections.usersOfAccount(db, stripeAccountId).limit(2).get();
  return docs.some(({ id }) => id !== freelancerId);
}

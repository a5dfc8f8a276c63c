import { type Caller } from '../domain/caller';
import { amountLeft } from '../domain/invoice/amountLeft';
import { type Checkout, type Invoice } from '../domain/invoice/invoice';
import { platformFee } from '../domain/money/platformFee';
import { type Freelancer } from '../domain/payment/decidePayment';
import { ConflictError, ForbiddenError, NotFoundError } from '../platform/errors';
import { crashPoint } from '../platform/crashPoint';
import { type CheckoutSession } from '../providers/stripe/stripeGateway';
import { collections } from '../store/collections';
import { retryConflicts } from '../store/retryConflicts';
import { UnitOfWork } from '../store/unitOfWork';
import { closeCheckout } from './closeCheckout';
import { isDebtorOf } from './contact/isDebtorOf';
import { type Deps } from './deps';
import { freelancerOf } from './freelancerOf';
import { invoiceStateOf } from './invoiceStateOf';
import { requireNoneUnderWay } from './requireNoneUnderWay';
import { type ReservedCheckout, sessionOf } from './sessionOf';

export interface CheckoutAnswer {
  readonly sessionId: string;
  /** Where to pay. */
  readonly url: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly expiresAt: string;
}

/** Stripe allows 24 hours; an hour less, so that clocks need not agree. */
const SESSION_MS = 23 * 60 * 60 * 1000;

/** A session that ends sooner than this is not handed out any more. Stripe makes none shorter than 30 minutes. */
const SHORTEST_MS = 35 * 60 * 1000;

/**
 * The one open Checkout Session of an invoice, for the freelancer or the debtor: the one that is open when it still
 * asks for what is owed, else a new one, after the old one was closed at Stripe.
 *
 * A new session is first reserved on the invoice (generation, amount, end) and then made at Stripe under a key that
 * follows from the reservation, so that a crash between the two, a second caller or a repeated request all get the
 * same session.
 *
 * @throws NotFoundError, ForbiddenError; ConflictError when nothing is owed, a payment is under way, or the freelancer
 *   takes no payments through us
 */
export async function createCheckoutSession(
  deps: Deps,
  caller: Caller,
  { invoiceId }: { readonly invoiceId: string },
): Promise<CheckoutAnswer> {
  return retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    const { invoice, freelancer } = await readInvoice(deps, unit, caller, invoiceId);
    const account = freelancer?.stripeAccountId ?? null;
    requireTakesPayments(freelancer);
    const amount = amountLeft(invoice);
    if (amount === 0) throw new ConflictError('Nothing can be paid on this invoice now.');
    const now = deps.clock.now();

    const { checkout } = invoice;
    if (checkout != null && isReusable(checkout, amount, account, now)) {
      const session = await sessionOf(deps, invoiceId, invoice, checkout);
      await requireNoneUnderWay(deps, unit, session);
      if (session.status === 'open') {
        await noteSession(deps, caller, invoiceId, checkout, session);
        return answer(session, checkout, invoice);
      }
    } else if (checkout?.expiresAt != null) {
      const closed = await closeCheckout(deps, invoiceId, invoice, {
        ...checkout,
        expiresAt: checkout.expiresAt,
      });
      if (closed !== null) await requireNoneUnderWay(deps, unit, closed);
    }

    const reserved: ReservedCheckout = {
      sessionId: null,
      amount,
      expiresAt: new Date(now.getTime() + SESSION_MS),
      generation: (checkout?.generation ?? 0) + 1,
      fee: platformFee(amount, deps.config.platformFeeBasisPoints),
      stripeAccountId: account,
    };
    unit.update(collections.invoice(deps.db, invoiceId), { checkout: reserved, updatedAt: now });
    await unit.commit();
    crashPoint('checkout.after-reservation');
    const session = await sessionOf(deps, invoiceId, invoice, reserved);
    crashPoint('checkout.after-session');
    await noteSession(deps, caller, invoiceId, reserved, session);
    return answer(session, reserved, invoice);
  });
}

async function readInvoice(deps: Deps, unit: UnitOfWork, caller: Caller, invoiceId: string) {
  const state = await invoiceStateOf(deps.db, unit, invoiceId);
  if (state === null) throw new NotFoundError('There is no such invoice.');
  const { invoice } = state;
  if (!mayPay(deps, caller, invoice)) throw new ForbiddenError('You have no access to this invoice.');
  const freelancer = await freelancerOf(deps.db, unit, invoice.freelancerId);
  return { invoice, freelancer };
}

function requireTakesPayments(freelancer: Freelancer | null): void {
  if (freelancer?.closed === true) {
    throw new ConflictError(
      'This invoice can not be paid through us any more. Please pay the business directly.',
    );
  }
  if (freelancer?.canCharge === false) {
    throw new ConflictError('This business can not take card payments yet. Please pay it another way.');
  }
}

function mayPay(deps: Deps, caller: Caller, invoice: Invoice): boolean {
  return caller.uid === invoice.freelancerId || isDebtorOf(deps, caller, invoice);
}

function isReusable(
  checkout: Checkout,
  amount: number,
  account: string | null,
  now: Date,
): checkout is ReservedCheckout {
  return (
    checkout.expiresAt != null &&
    checkout.expiresAt.getTime() - now.getTime() > SHORTEST_MS &&
    checkout.amount === amount &&
    (checkout.stripeAccountId ?? null) === account
  );
}

/**
 * Writes the session's id beside its reservation. When the invoice has moved on meanwhile (it was paid, or the amount
 * changed), the session asks for the wrong money: it is closed, and the caller starts again.
 */
async function noteSession(
  deps: Deps,
  caller: Caller,
  invoiceId: string,
  reserved: ReservedCheckout,
  session: CheckoutSession,
): Promise<void> {
  if (reserved.sessionId === session.sessionId) return;
  await retryConflicts(deps.random, async () => {
    const unit = new UnitOfWork(deps.db);
    const { invoice } = await readInvoice(deps, unit, caller, invoiceId);
    const current = invoice.checkout;
    if (current?.sessionId === session.sessionId) return;
    const isOurs = current?.generation === reserved.generation && current.expiresAt != null;
    if (!isOurs || amountLeft(invoice) !== reserved.amount) {
      await deps.stripe.expireCheckoutSession(session.sessionId, reserved.stripeAccountId ?? null);
      throw new ConflictError('The invoice has just changed. Try again.');
    }
    unit.update(collections.invoice(deps.db, invoiceId), {
      checkout: { ...reserved, sessionId: session.sessionId },
      updatedAt: deps.clock.now(),
    });
    await unit.commit();
  });
}

function answer(session: CheckoutSession, checkout: ReservedCheckout, invoice: Invoice): CheckoutAnswer {
  if (session.url === null) throw new ConflictError('This payment page is closed. Try again.');
  return {
    sessionId: session.sessionId,
    url: session.url,
    amount: checkout.amount,
    currency: invoice.currency,
    expiresAt: checkout.expiresAt.toISOString(),
  };
}

import { type Changes } from '../changes';
import { formatMoney } from '../money/formatMoney';
import { ledgerTotals } from '../money/paymentLedger';
import { checkoutEnd, claimsEnd } from './endsWithPayment';
import { toDebtor } from '../invoice/toDebtor';
import { type TemplateOf } from '../messages/messageTemplates';
import { type InvoiceState, invoiceConsequences } from './invoiceConsequences';
import { type Transaction, type UnappliedReason } from './transaction';

/** A payment that succeeded, as its provider tells it. */
export interface ReceivedPayment {
  /** `transactions/{id}`: the Payment Intent, so that a Session and its Payment Intent are one payment. */
  readonly transactionId: string;
  /** As it was received: nothing given back, nothing disputed. */
  readonly transaction: Transaction;
  /** From the metadata that we set when the payment was started. */
  readonly freelancerId: string | null;
  readonly livemode: boolean;
  /** The Checkout Session that was paid, when the event names it. */
  readonly sessionId: string | null;
}

/** The freelancer's record, as far as a payment needs it. */
export interface Freelancer {
  readonly id: string;
  readonly email: string | null;
  readonly businessName: string | null;
  readonly stripeAccountId: string | null;
  /** False where Stripe says that his connected account takes no payments. */
  readonly canCharge?: boolean;
  /** His account with us is being closed, or is. */
  readonly closed?: boolean;
}

export interface PaymentContext {
  /** Null when no such invoice exists. */
  readonly state: InvoiceState | null;
  /** The user that the metadata names; null when there is none. */
  readonly freelancer: Freelancer | null;
  /** Payment claims of the debtor that are waiting for an answer. */
  readonly pendingClaims: readonly string[];
  /** Whether we take real money. */
  readonly livemode: boolean;
  readonly now: Date;
}

/**
 * Records a payment: applied to its invoice, or, when it can not be applied, kept with the reason and told to the
 * people whom it concerns. Never refused: the money has moved already.
 */
export function decidePayment(payment: ReceivedPayment, context: PaymentContext): Changes {
  const reason = unappliedReason(payment, context);
  if (reason !== null) return unapplied(payment, context, reason);
  if (context.state === null) throw new Error('a payment without an invoice has a reason');
  return applyPayment(payment, context, context.state);
}

function unappliedReason(payment: ReceivedPayment, context: PaymentContext): UnappliedReason | null {
  if (payment.livemode !== context.livemode) return 'livemode_mismatch';
  if (context.state === null) return 'unknown_invoice';
  const { invoice } = context.state;
  if (payment.freelancerId !== invoice.freelancerId) return 'freelancer_mismatch';
  // What was not paid through Stripe came through no account.
  const isManual = payment.transaction.method != null;
  if (
    !isManual &&
    (payment.transaction.stripeAccountId ?? null) !== (context.freelancer?.stripeAccountId ?? null)
  ) {
    return 'account_mismatch';
  }
  if (invoice.status === 'cancelled') return 'invoice_cancelled';
  if (invoice.status === 'draft') return 'invoice_not_sent';
  if (payment.transaction.currency !== invoice.currency) return 'currency_mismatch';
  return null;
}

function unapplied(payment: ReceivedPayment, context: PaymentContext, reason: UnappliedReason): Changes {
  const { transactionId, transaction } = payment;
  const known = provenFreelancer(payment, context.freelancer);
  const money = formatMoney(transaction.amount, transaction.currency);
  return {
    outcome: `unapplied:${reason}`,
    transaction: {
      id: transactionId,
      value: {
        ...transaction,
        freelancerId: known?.id ?? null,
        applied: false,
        reason,
        // Written, so that those of which nobody has said anything yet can be counted.
        resolution: null,
      },
    },
    ...(known === null
      ? {}
      : {
          notifications: [
            {
              id: `payment_unapplied_${transactionId}`,
              freelancerId: known.id,
              type: 'payment_unapplied',
              title: 'A payment needs your attention',
              message: `A payment of ${money} arrived that could not be matched to an open invoice. We are looking into it.`,
            },
          ],
          outbox: freelancerNotice(known, 'payment_unapplied', transactionId, null, {
            amount: transaction.amount,
            currency: transaction.currency,
            reason,
          }),
        }),
  };
}

/**
 * The freelancer whom a payment concerns, if that is certain. Metadata on our own account was set by us; on a
 * connected account anybody who holds that account could have written another's name there.
 */
function provenFreelancer(payment: ReceivedPayment, freelancer: Freelancer | null): Freelancer | null {
  const account = payment.transaction.stripeAccountId ?? null;
  return account === null || account === freelancer?.stripeAccountId ? freelancer : null;
}

/** Applies a payment to this invoice, of which somebody has made sure that it is the right one. */
export function applyPayment(
  payment: Pick<ReceivedPayment, 'transactionId' | 'transaction' | 'sessionId'>,
  context: Pick<PaymentContext, 'freelancer' | 'pendingClaims' | 'now'>,
  state: InvoiceState,
): Changes {
  const { transactionId } = payment;
  const { invoice, id: invoiceId } = state;
  const transaction: Transaction = {
    ...payment.transaction,
    freelancerId: invoice.freelancerId,
    invoiceId,
    applied: true,
  };
  const {
    invoice: change,
    escalation,
    timeline,
  } = invoiceConsequences(state, transactionId, transaction, context.now);
  const claims = claimsEnd(change.fields.status === 'paid' ? context.pendingClaims : []);
  const money = formatMoney(transaction.amount, transaction.currency);
  const over = ledgerTotals(change.fields.payments ?? {}).net - invoice.amount;
  const checkout = checkoutEnd(state, payment.sessionId);
  return {
    outcome: 'applied',
    transaction: { id: transactionId, value: transaction },
    invoice: {
      id: invoiceId,
      fields: {
        ...change.fields,
        ...checkout.fields,
        ...claims.fields,
        lastPaymentError: null,
      },
    },
    ...(escalation === undefined ? {} : { escalation }),
    ...(claims.resolvedClaims === undefined ? {} : { resolvedClaims: claims.resolvedClaims }),
    timeline: [
      ...timeline,
      {
        id: `${invoiceId}_payment_${transactionId}`,
        invoiceId,
        freelancerId: invoice.freelancerId,
        level: invoice.escalationLevel ?? 'pending',
        eventType: 'payment_received',
        message: `Payment of ${money} received.`,
      },
    ],
    notifications: [
      {
        id: `payment_received_${transactionId}`,
        freelancerId: invoice.freelancerId,
        type: over > 0 ? 'overpayment' : 'payment_received',
        title: over > 0 ? 'An invoice was overpaid' : 'You were paid',
        message:
          over > 0
            ? `${money} arrived for invoice ${invoice.reference}; ${formatMoney(over, invoice.currency)} more than was owed. You may want to refund it.`
            : `${money} arrived for invoice ${invoice.reference}.`,
      },
    ],
    outbox: [
      ...receipt(payment, context, state),
      ...(over > 0
        ? freelancerNotice(context.freelancer, 'overpayment', transactionId, invoiceId, {
            reference: invoice.reference,
            amount: transaction.amount,
            overpaid: over,
            currency: invoice.currency,
          })
        : []),
    ],
    ...(checkout.checkoutExpiry === undefined ? {} : { checkoutExpiry: checkout.checkoutExpiry }),
  };
}

function receipt(
  payment: Pick<ReceivedPayment, 'transactionId' | 'transaction'>,
  context: Pick<PaymentContext, 'freelancer'>,
  state: InvoiceState,
): NonNullable<Changes['outbox']> {
  const { invoice, id: invoiceId } = state;
  const addressed = toDebtor(invoice, 'email');
  if (addressed === null) return [];
  return [
    {
      id: `receipt_${payment.transactionId}`,
      channel: 'email',
      template: 'receipt',
      invoiceId,
      freelancerId: invoice.freelancerId,
      ...addressed,
      params: {
        clientName: invoice.clientName ?? null,
        businessName: context.freelancer?.businessName ?? null,
        reference: invoice.reference,
        amount: payment.transaction.amount,
        currency: payment.transaction.currency,
      },
    },
  ];
}

/** One e-mail to the freelancer, once for each payment and template; none without an address. */
export function freelancerNotice(
  freelancer: Freelancer | null,
  template: TemplateOf<'freelancer_notice'>,
  causeId: string,
  invoiceId: string | null,
  params: Readonly<Record<string, string | number | null>>,
): NonNullable<Changes['outbox']> {
  if (freelancer?.email == null || freelancer.email === '') return [];
  return [
    {
      id: `${template}_${causeId}`,
      channel: 'email',
      template,
      invoiceId,
      freelancerId: freelancer.id,
      to: freelancer.email,
      params,
    },
  ];
}

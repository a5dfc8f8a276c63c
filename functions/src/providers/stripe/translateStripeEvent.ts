import type * as z from 'zod';
import { type StripeEvent } from '../../domain/payment/stripeEvent';
import { type StripeFact } from '../../domain/payment/stripeFacts';
import { PermanentFailure } from '../../platform/errors';
import { isForInvoice } from './isForInvoice';
import { parseObject } from './parseObject';
import {
  chargeSchema,
  checkoutSessionSchema,
  disputeObjectSchema,
  type Metadata,
  paymentIntentSchema,
  refundSchema,
} from './stripeObjects';

/**
 * The fact that an event carries about an invoice's money; null when it is not about one: another type, or an object
 * without our `kind`. Refunds and disputes carry no metadata, so whether they are ours shows only later.
 *
 * @throws PermanentFailure `unusable_event` when an event of ours lacks what its type always has
 */
export function translateStripeEvent(event: StripeEvent): StripeFact | null {
  const { object } = event.data;
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
      return sessionPaid(parseObject(checkoutSessionSchema, object));
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired': {
      const session = parseObject(checkoutSessionSchema, object);
      return isForInvoice(session.metadata)
        ? { kind: 'checkout_ended', sessionId: session.id, invoiceId: session.metadata['invoiceId'] ?? null }
        : null;
    }
    case 'payment_intent.succeeded': {
      const intent = parseObject(paymentIntentSchema, object);
      if (!isForInvoice(intent.metadata)) return null;
      const amount = intent.amount_received ?? intent.amount;
      return {
        kind: 'payment_succeeded',
        ...paymentOf(intent.id, amount, intent.currency, intent.metadata, null),
      };
    }
    case 'payment_intent.payment_failed': {
      const intent = parseObject(paymentIntentSchema, object);
      if (!isForInvoice(intent.metadata)) return null;
      return {
        kind: 'payment_failed',
        paymentIntentId: intent.id,
        code: intent.last_payment_error?.code ?? 'unknown',
        ...partiesOf(intent.metadata),
      };
    }
    case 'charge.refunded': {
      const charge = parseObject(chargeSchema, object);
      // The charge itself says that it belongs to no Payment Intent: then it is not ours, and nobody need be asked.
      if (charge.payment_intent == null) return null;
      return {
        kind: 'refunded',
        paymentIntentId: charge.payment_intent,
        chargeId: charge.id,
        refunded: charge.amount_refunded,
        refundFailed: false,
      };
    }
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed': {
      const refund = parseObject(refundSchema, object);
      return {
        kind: 'refunded',
        paymentIntentId: refund.payment_intent ?? null,
        chargeId: refund.charge ?? null,
        refunded: null,
        refundFailed:
          event.type === 'refund.failed' || refund.status === 'failed' || refund.status === 'canceled',
      };
    }
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.closed': {
      const dispute = parseObject(disputeObjectSchema, object);
      return {
        kind: 'disputed',
        paymentIntentId: dispute.payment_intent ?? null,
        chargeId: dispute.charge ?? null,
        disputeId: dispute.id,
        status: dispute.status,
        amount: dispute.amount,
      };
    }
    default:
      return null;
  }
}

function sessionPaid(session: z.infer<typeof checkoutSessionSchema>): StripeFact | null {
  if (!isForInvoice(session.metadata)) return null;
  // A delayed payment method completes the session first and pays it later: async_payment_succeeded then says so.
  if (session.payment_status !== 'paid') return null;
  if (session.payment_intent == null || session.amount_total == null || session.currency == null) {
    throw new PermanentFailure(
      'unusable_event',
      'A paid Checkout Session names its payment, amount and currency.',
    );
  }
  return {
    kind: 'payment_succeeded',
    ...paymentOf(
      session.payment_intent,
      session.amount_total,
      session.currency,
      session.metadata,
      session.id,
    ),
  };
}

function paymentOf(
  paymentIntentId: string,
  amount: number,
  currency: string,
  metadata: Metadata,
  sessionId: string | null,
) {
  return { paymentIntentId, amount, currency, sessionId, ...partiesOf(metadata) };
}

function partiesOf(metadata: Metadata): { invoiceId: string | null; freelancerId: string | null } {
  return { invoiceId: metadata['invoiceId'] ?? null, freelancerId: metadata['freelancerId'] ?? null };
}

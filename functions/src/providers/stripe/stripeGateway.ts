import * as z from 'zod';
import { PermanentFailure } from '../../platform/errors';
import { checkedAnswer } from './checkedAnswer';
import { StripeBilling } from './stripeBilling';
import { stripeCall } from './stripeCall';
import { chargeSchema, idSchema, paymentIntentSchema, type PaymentSnapshot } from './stripeObjects';

/** What a Checkout Session for an invoice is made from. All of it follows from the invoice. */
export interface CheckoutRequest {
  readonly invoiceId: string;
  readonly freelancerId: string;
  readonly reference: string;
  /** Minor units. */
  readonly amount: number;
  /** ISO 4217 in capitals. */
  readonly currency: string;
  /** Minor units that Recoup keeps; only on a connected account. */
  readonly fee: number;
  readonly expiresAt: Date;
  readonly returnUrl: string;
  readonly idempotencyKey: string;
}

const sessionSchema = z.object({
  id: z.string(),
  status: z.enum(['open', 'complete', 'expired']),
  url: z.string().nullish(),
  payment_intent: idSchema.nullish(),
});

export interface CheckoutSession {
  readonly sessionId: string;
  readonly status: 'open' | 'complete' | 'expired';
  /** Where the debtor pays; null unless open. */
  readonly url: string | null;
  /** The payment that was made in it; null while there is none. */
  readonly paymentIntentId: string | null;
}

/**
 * Stripe, as far as we use it. `account` is the connected account (`acct_…`), null for our own.
 *
 * @throws TransientFailure when Stripe can not be asked now; PermanentFailure when it says no
 */
export class StripeGateway extends StripeBilling {
  /** The payment with what was given back of it, asked now. */
  async payment(paymentIntentId: string, account: string | null): Promise<PaymentSnapshot> {
    const answer = await stripeCall(this.client, (stripe) =>
      stripe.paymentIntents.retrieve(
        paymentIntentId,
        { expand: ['latest_charge.refunds'] },
        onAccount(account),
      ),
    );
    const intent = checkedAnswer(paymentIntentSchema, answer);
    const charge = intent.latest_charge;
    return {
      paymentIntentId: intent.id,
      succeeded: intent.status === 'succeeded',
      amount: intent.amount_received ?? intent.amount,
      refunded: typeof charge === 'object' && charge !== null ? charge.amount_refunded : 0,
      currency: intent.currency,
      livemode: intent.livemode,
      metadata: intent.metadata,
    };
  }

  /** The Payment Intent that a charge belongs to; null for a charge made without one, which is never ours. */
  async paymentIntentOfCharge(chargeId: string, account: string | null): Promise<string | null> {
    const answer = await stripeCall(this.client, (stripe) =>
      stripe.charges.retrieve(chargeId, {}, onAccount(account)),
    );
    return checkedAnswer(chargeSchema, answer).payment_intent ?? null;
  }

  /** Makes the session, or gets the one that the same idempotency key made before. */
  async createCheckoutSession(request: CheckoutRequest, account: string | null): Promise<CheckoutSession> {
    const metadata = { kind: 'invoice', invoiceId: request.invoiceId, freelancerId: request.freelancerId };
    const session = await stripeCall(this.client, (stripe) =>
      stripe.checkout.sessions.create(
        {
          mode: 'payment',
          line_items: [
            {
              quantity: 1,
              price_data: {
                currency: request.currency.toLowerCase(),
                unit_amount: request.amount,
                product_data: { name: `Invoice ${request.reference}`.trim() },
              },
            },
          ],
          metadata,
          payment_intent_data: {
            metadata,
            ...(account !== null && request.fee > 0 ? { application_fee_amount: request.fee } : {}),
          },
          success_url: `${request.returnUrl}?paid=1`,
          cancel_url: request.returnUrl,
          expires_at: Math.floor(request.expiresAt.getTime() / 1000),
        },
        // Safe to repeat under its key; also waits for another request that is under way with the same one.
        { ...onAccount(account), idempotencyKey: request.idempotencyKey, maxNetworkRetries: 3 },
      ),
    );
    return asSession(session);
  }

  async checkoutSession(sessionId: string, account: string | null): Promise<CheckoutSession> {
    const session = await stripeCall(this.client, (stripe) =>
      stripe.checkout.sessions.retrieve(sessionId, {}, onAccount(account)),
    );
    return asSession(session);
  }

  /** Closes an open session, so that it can not be paid any more. Does nothing to one that is not open. */
  async expireCheckoutSession(sessionId: string, account: string | null): Promise<CheckoutSession> {
    const session = await this.checkoutSession(sessionId, account);
    if (session.status !== 'open') return session;
    try {
      const expired = await stripeCall(this.client, (stripe) =>
        stripe.checkout.sessions.expire(sessionId, {}, onAccount(account)),
      );
      return asSession(expired);
    } catch (error) {
      // Between the question and the order it may have been paid or have run out: then that is the answer.
      const now = error instanceof PermanentFailure ? await this.checkoutSession(sessionId, account) : null;
      if (now !== null && now.status !== 'open') return now;
      throw error;
    }
  }
}

function onAccount(account: string | null): { stripeAccount?: string } {
  return account === null ? {} : { stripeAccount: account };
}

function asSession(answer: unknown): CheckoutSession {
  const session = checkedAnswer(sessionSchema, answer);
  return {
    sessionId: session.id,
    status: session.status,
    url: session.url ?? null,
    paymentIntentId: session.payment_intent ?? null,
  };
}

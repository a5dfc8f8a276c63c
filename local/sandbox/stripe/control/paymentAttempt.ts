import { newStripeId } from '../newStripeId';
import { seconds } from '../seconds';
import { buildCharge } from '../shapes/buildCharge';
import { buildPaymentIntent, type PaymentIntentFacts } from '../shapes/buildPaymentIntent';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { type EventToSend } from './deliverEvents';
import { type PayableSession } from './payableSession';

/** One debtor's attempt to pay a session: each verb changes what Stripe holds and gives the events that tell of it. */
export class PaymentAttempt {
  /** @param amount minor units */
  constructor(
    private readonly context: StripeContext,
    private readonly session: PayableSession,
    readonly intentId: string,
    private readonly amount: number,
  ) {}

  /** The money is there at once. */
  succeed(): EventToSend[] {
    const intent = this.putPaidIntent();
    return [
      { type: 'checkout.session.completed', object: this.closeSession('paid') },
      { type: 'payment_intent.succeeded', object: intent },
    ];
  }

  /** A declined card leaves the session open and its payment_intent null: the debtor may try again. */
  decline(): EventToSend[] {
    return [{ type: 'payment_intent.payment_failed', object: this.putIntent('requires_payment_method') }];
  }

  /** A bank debit closes the session before the money is there. */
  startDebit(): EventToSend[] {
    const intent = this.putIntent('processing');
    return [
      { type: 'checkout.session.completed', object: this.closeSession('unpaid') },
      { type: 'payment_intent.processing', object: intent },
    ];
  }

  settleDebit(outcome: 'succeeded' | 'failed'): EventToSend[] {
    if (outcome === 'failed') {
      const intent = this.putIntent('requires_payment_method');
      return [
        { type: 'checkout.session.async_payment_failed', object: this.closeSession('unpaid') },
        { type: 'payment_intent.payment_failed', object: intent },
      ];
    }
    const intent = this.putPaidIntent();
    return [
      { type: 'checkout.session.async_payment_succeeded', object: this.closeSession('paid') },
      { type: 'payment_intent.succeeded', object: intent },
    ];
  }

  private closeSession(paymentStatus: 'paid' | 'unpaid'): StripeObject {
    return this.context.store.update(this.session.id, {
      status: 'complete',
      payment_status: paymentStatus,
      payment_intent: this.intentId,
      url: null,
      amount_subtotal: this.amount,
      amount_total: this.amount,
      customer_details: {
        address: null,
        business_name: null,
        email: this.session.customer_email ?? null,
        individual_name: null,
        name: null,
        phone: null,
        tax_exempt: 'none',
        tax_ids: [],
      },
    });
  }

  private putPaidIntent(): StripeObject {
    const charge = buildCharge({
      id: newStripeId('ch_3'),
      paymentIntent: this.intentId,
      email: this.session.customer_email ?? null,
      ...this.commonFacts(),
    });
    this.put({ ...charge });
    return this.putIntent('succeeded', charge.id);
  }

  private putIntent(status: PaymentIntentFacts['status'], latestCharge: string | null = null): StripeObject {
    const paymentMethodTypes = this.session.payment_method_types;
    const facts = { id: this.intentId, status, latestCharge, paymentMethodTypes, ...this.commonFacts() };
    return this.put({ ...buildPaymentIntent(facts) });
  }

  /** What it makes is seen by whoever sees the session. */
  private put(object: StripeObject): StripeObject {
    this.context.store.put(object, this.context.store.visibilityOf(this.session.id));
    return object;
  }

  private commonFacts(): Pick<
    PaymentIntentFacts,
    'amount' | 'currency' | 'created' | 'applicationFeeAmount' | 'description' | 'metadata'
  > {
    const asked = this.context.paymentData.get(this.session.id);
    return {
      amount: this.amount,
      currency: this.session.currency,
      created: seconds(this.context.now()),
      ...(asked ?? { applicationFeeAmount: null, description: null, metadata: {} }),
    };
  }
}

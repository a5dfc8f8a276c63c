import { type Subscription } from '../../domain/billing/subscription';
import { PermanentFailure } from '../../platform/errors';
import {
  deletedCustomerSchema,
  subscriptionSchema,
  subscriptionSessionSchema,
  unpaidInvoiceSchema,
} from './billingObjects';
import { checkedAnswer } from './checkedAnswer';
import { type StripeClient } from './createStripeClient';
import { stripeCall } from './stripeCall';

/** A Checkout Session for a subscription; `priceId` is the one that it was made for. */
export interface SubscriptionSession {
  readonly sessionId: string;
  readonly isOpen: boolean;
  readonly url: string | null;
  readonly priceId: string | null;
}

export interface SubscriptionRequest {
  readonly customerId: string;
  readonly uid: string;
  readonly priceId: string;
  readonly returnUrl: string;
  readonly idempotencyKey: string;
}

/** More than anybody has: one page. */
const PAGE = 100;
/** Unpaid invoices that are looked at; Stripe gives a subscription up long before. */
const INVOICES = 24;

/** May be repeated, because of its key; also waits for another request that is under way with the same one. */
const REPEATED = { maxNetworkRetries: 3 } as const;

/**
 * Stripe Billing: what freelancers pay us. All of it is on our own account.
 *
 * @throws TransientFailure when Stripe can not be asked now; PermanentFailure when it says no
 */
export class StripeBilling {
  constructor(protected readonly client: () => Promise<StripeClient>) {}

  /** The customer of a freelancer. All parameters follow from the key's, so that a repeated request gets the same one. */
  async createCustomer(uid: string, idempotencyKey: string): Promise<string> {
    const answer = await stripeCall(this.client, (stripe) =>
      stripe.customers.create({ metadata: { kind: 'account', uid } }, { idempotencyKey, ...REPEATED }),
    );
    return checkedAnswer(deletedCustomerSchema, answer).id;
  }

  /** Under which address and name the customer gets Stripe's receipts. */
  async describeCustomer(
    customerId: string,
    { email, name }: { readonly email: string | null; readonly name: string | null },
  ): Promise<void> {
    await stripeCall(this.client, (stripe) =>
      stripe.customers.update(customerId, { email: email ?? '', name: name ?? '' }),
    );
  }

  /** All subscriptions of a customer, those that are over too, asked now; none of one who was deleted. */
  async subscriptionsOf(customerId: string): Promise<Subscription[]> {
    try {
      const answer = await stripeCall(this.client, (stripe) =>
        stripe.subscriptions.list({ customer: customerId, status: 'all', limit: PAGE }),
      );
      return answer.data.map(asSubscription);
    } catch (error) {
      if (await this.isDeleted(customerId, error)) return [];
      throw error;
    }
  }

  /**
   * Since when a subscription is unpaid: when the first of its invoices since the last paid one was to be paid. Null
   * where there is none.
   */
  async unpaidSince(subscriptionId: string): Promise<Date | null> {
    const answer = await stripeCall(this.client, (stripe) =>
      stripe.invoices.list({ subscription: subscriptionId, limit: INVOICES }),
    );
    let since: Date | null = null;
    for (const invoice of answer.data.map((one) => checkedAnswer(unpaidInvoiceSchema, one))) {
      if (invoice.status === 'paid') break;
      if (invoice.status !== 'open' && invoice.status !== 'uncollectible') continue;
      since = invoice.status_transitions?.finalized_at ?? since;
    }
    return since;
  }

  /** Ends a subscription at once, with no proration; one that is over, or that Stripe does not know, stays as it is. */
  async cancelSubscription(subscriptionId: string): Promise<void> {
    try {
      await stripeCall(this.client, (stripe) => stripe.subscriptions.cancel(subscriptionId));
    } catch (error) {
      if (!(error instanceof PermanentFailure)) throw error;
      // What Stripe says of one that was cancelled before.
      if (error.code === 'stripe_not_found') return;
      const answer = await stripeCall(this.client, (stripe) => stripe.subscriptions.retrieve(subscriptionId));
      if (checkedAnswer(subscriptionSchema, answer).status !== 'canceled') throw error;
    }
  }

  /** A customer's Checkout Sessions for subscriptions, the newest first. */
  async subscriptionSessionsOf(customerId: string): Promise<SubscriptionSession[]> {
    const answer = await stripeCall(this.client, (stripe) =>
      stripe.checkout.sessions.list({ customer: customerId, limit: PAGE }),
    );
    return answer.data.map(asSession);
  }

  /** Makes the session, or gets the one that the same idempotency key made before. */
  async createSubscriptionSession(request: SubscriptionRequest): Promise<SubscriptionSession> {
    const { customerId, uid, priceId, returnUrl, idempotencyKey } = request;
    const metadata = { kind: 'subscription', uid };
    const answer = await stripeCall(this.client, (stripe) =>
      stripe.checkout.sessions.create(
        {
          mode: 'subscription',
          customer: customerId,
          client_reference_id: uid,
          line_items: [{ price: priceId, quantity: 1 }],
          metadata: { ...metadata, priceId },
          subscription_data: { metadata },
          success_url: `${returnUrl}?subscribed=1`,
          cancel_url: returnUrl,
        },
        { idempotencyKey, ...REPEATED },
      ),
    );
    return asSession(answer);
  }

  /** A page of Stripe's on which the customer changes or ends his subscription. @returns its address, for minutes */
  async createPortalSession(customerId: string, returnUrl: string): Promise<string> {
    const { url } = await stripeCall(this.client, (stripe) =>
      stripe.billingPortal.sessions.create({ customer: customerId, return_url: returnUrl }),
    );
    return url;
  }

  /** Whether Stripe does not know this customer's things because he was deleted; any other "not found" is a fault. */
  private async isDeleted(customerId: string, error: unknown): Promise<boolean> {
    if (!(error instanceof PermanentFailure)) return false;
    const answer = await stripeCall(this.client, (stripe) => stripe.customers.retrieve(customerId));
    return checkedAnswer(deletedCustomerSchema, answer).deleted;
  }
}

function asSubscription(answer: unknown): Subscription {
  const { id, status, created, items, ...more } = checkedAnswer(subscriptionSchema, answer);
  const ends = items.data.flatMap((item) => item.current_period_end ?? []);
  return {
    id,
    status,
    priceIds: items.data.map(({ price }) => price.id),
    createdAt: created,
    periodEnd: ends.length === 0 ? null : new Date(Math.max(...ends.map((end) => end.getTime()))),
    endsAtPeriodEnd: more.cancel_at_period_end === true,
  };
}

function asSession(answer: unknown): SubscriptionSession {
  const session = checkedAnswer(subscriptionSessionSchema, answer);
  return {
    sessionId: session.id,
    isOpen: session.mode === 'subscription' && session.status === 'open',
    url: session.url ?? null,
    priceId: session.metadata['priceId'] ?? null,
  };
}

import { ControlError } from '../../controlError';
import { type EventToSend } from '../control/deliverEvents';
import { newStripeId } from '../newStripeId';
import { seconds } from '../seconds';
import { StripeApiError } from '../stripeApiError';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { buildInvoice, type InvoiceFacts } from './buildInvoice';
import { buildSubscription, periodEnd } from './buildSubscription';
import { recurringPrice, type RecurringPrice } from './priceFields';
import { invoiceFields, subscriptionFields } from './subscriptionFields';
import { cancelSubscription } from './subscriptions';
import { subscriptionOfInvoice } from './subscriptionOfInvoice';

/** What somebody subscribes to. */
export interface Purchase {
  readonly customer: string;
  readonly priceId: string;
  readonly quantity: number;
  readonly metadata: Record<string, string>;
}

/** Each verb changes what Stripe holds of a subscription and gives the events that tell of it, in Stripe's order. */
export class SubscriptionLife {
  private constructor(
    private readonly context: StripeContext,
    readonly id: string,
  ) {}

  static of(context: StripeContext, id: string): SubscriptionLife {
    if (context.store.find(id)?.object !== 'subscription')
      throw new ControlError(`No subscription ${id}.`, 404);
    return new SubscriptionLife(context, id);
  }

  /** Somebody subscribes, and his first invoice is paid. */
  static begin(
    context: StripeContext,
    purchase: Purchase,
  ): { life: SubscriptionLife; events: EventToSend[] } {
    const price = priceOf(context, purchase.priceId);
    const id = newStripeId('sub_1');
    const created = seconds(context.now());
    context.store.put(buildSubscription({ id, price, created, ...purchase }), null);
    const life = new SubscriptionLife(context, id);
    const paid = life.charge('subscription_create', price.amount * purchase.quantity, true);
    return { life, events: [{ type: 'customer.subscription.created', object: life.object }, ...paid] };
  }

  get object(): StripeObject {
    const object = this.context.store.find(this.id);
    if (object === undefined) throw new Error(`${this.id} is gone`);
    return object;
  }

  /** Another price, at once; Stripe charges the difference with the next invoice. */
  change(priceId: string): EventToSend[] {
    const price = priceOf(this.context, priceId);
    const { items } = this.fields;
    const data = items.data.map((item, n) => (n === 0 ? { ...item, price: price.object } : item));
    return this.updated({ items: { ...items, data } });
  }

  /** The next period begins and is charged. */
  renew(succeeds: boolean): EventToSend[] {
    const { items } = this.fields;
    const data = items.data.map((item) => ({
      ...item,
      current_period_start: item.current_period_end,
      current_period_end: periodEnd(item.current_period_end, this.price.interval),
    }));
    const charged = this.charge('subscription_cycle', this.price.amount, succeeds);
    return [
      ...this.updated({ items: { ...items, data }, status: succeeds ? this.fields.status : 'past_due' }),
      ...charged,
    ];
  }

  /** Stripe tries the unpaid invoices again. */
  retry(succeeds: boolean): EventToSend[] {
    const open = this.openInvoices();
    if (open.length === 0) throw new ControlError(`Nothing of ${this.id} is unpaid.`, 409);
    if (!succeeds) {
      return open.map(({ id, attempt_count: attempts }) => ({
        type: 'invoice.payment_failed',
        object: this.context.store.update(id, { attempt_count: attempts + 1 }),
      }));
    }
    const paid = open.flatMap((invoice) => this.pay(invoice.id));
    return [...this.updated({ status: 'active' }), ...paid];
  }

  /** It ends at once, or is noted to end with its period. */
  cancel(atPeriodEnd: boolean): EventToSend[] {
    if (atPeriodEnd) return this.updated({ cancel_at_period_end: true });
    cancelSubscription(this.context, this.id);
    return [{ type: 'customer.subscription.deleted', object: this.object }];
  }

  /** Stripe gives up on it: unpaid, paused … */
  become(status: string): EventToSend[] {
    return this.updated({ status });
  }

  private get fields() {
    return subscriptionFields.parse(this.object);
  }

  private get price(): RecurringPrice {
    return priceOf(this.context, this.fields.items.data[0]?.price.id ?? '');
  }

  private updated(fields: Record<string, unknown>): EventToSend[] {
    const before = this.object;
    const previous = Object.fromEntries(Object.keys(fields).map((name) => [name, before[name]]));
    const object = this.context.store.update(this.id, fields);
    return [{ type: 'customer.subscription.updated', object, previousAttributes: previous }];
  }

  private charge(reason: InvoiceFacts['reason'], amount: number, paid: boolean): EventToSend[] {
    const { store } = this.context;
    const { id, customer } = this.fields;
    const invoice = buildInvoice({
      id: newStripeId('in_1'),
      customer,
      subscription: id,
      reason,
      amount,
      currency: this.price.currency,
      created: seconds(this.context.now()),
      paid,
      metadata: {},
    });
    store.put(invoice, null);
    store.update(id, { latest_invoice: invoice.id });
    return paid ? paidEvents(invoice) : [{ type: 'invoice.payment_failed', object: invoice }];
  }

  private pay(invoiceId: string): EventToSend[] {
    const { amount_due: amount, status_transitions: steps } = invoiceFields.parse(
      this.context.store.find(invoiceId),
    );
    const invoice = this.context.store.update(invoiceId, {
      status: 'paid',
      amount_paid: amount,
      amount_remaining: 0,
      auto_advance: false,
      next_payment_attempt: null,
      status_transitions: { ...steps, paid_at: seconds(this.context.now()) },
    });
    return paidEvents(invoice);
  }

  private openInvoices() {
    return this.context.store
      .list('invoice', null)
      .filter((invoice) => subscriptionOfInvoice(invoice) === this.id && invoice['status'] === 'open')
      .map((invoice) => invoiceFields.parse(invoice));
  }
}

/** Stripe says it twice. */
function paidEvents(invoice: StripeObject): EventToSend[] {
  return ['invoice.paid', 'invoice.payment_succeeded'].map((type) => ({ type, object: invoice }));
}

function priceOf(context: StripeContext, id: string): RecurringPrice {
  try {
    return recurringPrice(context, id, 'price');
  } catch (error) {
    if (error instanceof StripeApiError) throw new ControlError(error.message, 404);
    throw error;
  }
}

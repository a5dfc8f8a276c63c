import { z } from 'zod';
import { ControlError } from '../../controlError';
import { parseControl } from '../../parseControl';
import { newStripeId } from '../newStripeId';
import { present } from '../present';
import { buildCharge } from '../shapes/buildCharge';
import { buildPaymentIntent, type PaymentIntentFacts } from '../shapes/buildPaymentIntent';
import { seconds, type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { deliveries } from './deliveries';
import { deliverEvents, type EventToSend } from './deliverEvents';

const paySchema = z.strictObject({
  deliveries,
  /** Minor units, in place of the session's total. */
  amount: z.number().int().min(1).optional(),
  /** A bank debit: the session is complete at once, the money is decided by `outcome` (now, or by a second call). */
  async: z.boolean().default(false),
  outcome: z.enum(['succeeded', 'failed']).optional(),
});

const payableSession = z.looseObject({
  id: z.string(),
  amount_total: z.number().int(),
  currency: z.string(),
  customer_email: z.string().nullish(),
  payment_intent: z.string().nullish(),
  payment_status: z.string(),
  status: z.string(),
  payment_method_types: z.array(z.string()).default(['card']),
});
type PayableSession = z.infer<typeof payableSession>;

/**
 * POST /_sandbox/stripe/checkout/{id}/pay: the debtor pays, fails to, or starts a bank debit. Answers with the
 * session and Payment Intent as they are after it and with what the webhook endpoint said to each delivery.
 * @throws ControlError for an unknown session or one that cannot be paid.
 */
export async function paySession(context: StripeContext, id: string, body: unknown): Promise<unknown> {
  const wish = parseControl(paySchema, body);
  const known = context.store.find(id);
  if (known?.object !== 'checkout.session') throw new ControlError(`No Checkout Session ${id}.`, 404);
  const session = payableSession.parse(present(context.store, known, context.now()));
  const debitUnderWay = session.status === 'complete' && session.payment_status === 'unpaid';
  if (session.status !== 'open' && !debitUnderWay) {
    throw new ControlError(`Checkout Session ${id} is ${session.status} (${session.payment_status}).`, 409);
  }

  const amount = wish.amount ?? session.amount_total;
  const events: EventToSend[] = [];
  let intentId = session.payment_intent ?? newStripeId('pi_3');
  if (debitUnderWay || wish.async) {
    if (!debitUnderWay) events.push(...startDebit(context, session, intentId, amount));
    if (debitUnderWay || wish.outcome !== undefined) {
      events.push(...settleDebit(context, session, intentId, amount, wish.outcome ?? 'succeeded'));
    }
  } else if (wish.outcome === 'failed') {
    // A declined card leaves the session open and its payment_intent null: the debtor may try again.
    intentId = newStripeId('pi_3');
    const intent = putIntent(context, session, intentId, amount, 'requires_payment_method');
    events.push({ type: 'payment_intent.payment_failed', object: intent });
  } else {
    const intent = putPaidIntent(context, session, intentId, amount);
    const paid = closeSession(context, session, intentId, amount, 'paid');
    events.push({ type: 'checkout.session.completed', object: paid });
    events.push({ type: 'payment_intent.succeeded', object: intent });
  }
  const account = context.store.ownerOf(id);
  const told = await deliverEvents(
    context,
    events.map((event) => ({ ...event, account })),
    wish.deliveries,
  );
  return { session: context.store.find(id), paymentIntent: context.store.find(intentId), ...told };
}

function startDebit(
  context: StripeContext,
  session: PayableSession,
  intentId: string,
  amount: number,
): EventToSend[] {
  const intent = putIntent(context, session, intentId, amount, 'processing');
  const complete = closeSession(context, session, intentId, amount, 'unpaid');
  return [
    { type: 'checkout.session.completed', object: complete },
    { type: 'payment_intent.processing', object: intent },
  ];
}

function settleDebit(
  context: StripeContext,
  session: PayableSession,
  intentId: string,
  amount: number,
  outcome: 'succeeded' | 'failed',
): EventToSend[] {
  if (outcome === 'failed') {
    const intent = putIntent(context, session, intentId, amount, 'requires_payment_method');
    const failed = closeSession(context, session, intentId, amount, 'unpaid');
    return [
      { type: 'checkout.session.async_payment_failed', object: failed },
      { type: 'payment_intent.payment_failed', object: intent },
    ];
  }
  const intent = putPaidIntent(context, session, intentId, amount);
  const paid = closeSession(context, session, intentId, amount, 'paid');
  return [
    { type: 'checkout.session.async_payment_succeeded', object: paid },
    { type: 'payment_intent.succeeded', object: intent },
  ];
}

function closeSession(
  context: StripeContext,
  session: PayableSession,
  intentId: string,
  amount: number,
  paymentStatus: 'paid' | 'unpaid',
): StripeObject {
  return context.store.update(session.id, {
    status: 'complete',
    payment_status: paymentStatus,
    payment_intent: intentId,
    url: null,
    amount_subtotal: amount,
    amount_total: amount,
    customer_details: {
      address: null,
      business_name: null,
      email: session.customer_email ?? null,
      individual_name: null,
      name: null,
      phone: null,
      tax_exempt: 'none',
      tax_ids: [],
    },
  });
}

function putPaidIntent(
  context: StripeContext,
  session: PayableSession,
  intentId: string,
  amount: number,
): StripeObject {
  const charge = buildCharge({
    id: newStripeId('ch_3'),
    paymentIntent: intentId,
    amount,
    currency: session.currency,
    created: seconds(context.now()),
    email: session.customer_email ?? null,
    ...paymentDataOf(context, session.id),
  });
  context.store.put({ ...charge }, context.store.visibilityOf(session.id));
  return putIntent(context, session, intentId, amount, 'succeeded', charge.id);
}

function putIntent(
  context: StripeContext,
  session: PayableSession,
  intentId: string,
  amount: number,
  status: PaymentIntentFacts['status'],
  latestCharge: string | null = null,
): StripeObject {
  const intent = buildPaymentIntent({
    id: intentId,
    amount,
    currency: session.currency,
    created: seconds(context.now()),
    status,
    latestCharge,
    paymentMethodTypes: session.payment_method_types,
    ...paymentDataOf(context, session.id),
  });
  context.store.put({ ...intent }, context.store.visibilityOf(session.id));
  return { ...intent };
}

function paymentDataOf(
  context: StripeContext,
  sessionId: string,
): Pick<PaymentIntentFacts, 'applicationFeeAmount' | 'description' | 'metadata'> {
  return (
    context.paymentData.get(sessionId) ?? { applicationFeeAmount: null, description: null, metadata: {} }
  );
}

import { z } from 'zod';
import { ControlError } from '../../controlError';
import { parseControl } from '../../parseControl';
import { paySubscription } from '../billing/paySubscription';
import { newStripeId } from '../newStripeId';
import { present } from '../present';
import { type StripeContext } from '../stripeContext';
import { deliveries } from '../../deliveries';
import { deliverEvents, type EventToSend } from './deliverEvents';
import { payableSession } from './payableSession';
import { PaymentAttempt } from './paymentAttempt';

const paySchema = z.strictObject({
  deliveries,
  /** Minor units, in place of the session's total. */
  amount: z.number().int().min(1).optional(),
  /** A bank debit: the session is complete at once, the money is decided by `outcome` (now, or by a second call). */
  async: z.boolean().default(false),
  outcome: z.enum(['succeeded', 'failed']).optional(),
});

type PayWish = z.infer<typeof paySchema>;

/**
 * POST /_sandbox/stripe/checkout/{id}/pay: the debtor pays, fails to, or starts a bank debit. Answers with the
 * session and Payment Intent as they are after it and with what the webhook endpoint said to each delivery.
 * @throws ControlError for an unknown session or one that cannot be paid.
 */
export async function paySession(context: StripeContext, id: string, body: unknown): Promise<unknown> {
  const known = context.store.find(id);
  if (known?.object !== 'checkout.session') throw new ControlError(`No Checkout Session ${id}.`, 404);
  if (known['mode'] === 'subscription') return paySubscription(context, known, body);
  const wish = parseControl(paySchema, body);
  const session = payableSession.parse(present(context.store, known, context.now()));
  const debitUnderWay = session.status === 'complete' && session.payment_status === 'unpaid';
  if (session.status !== 'open' && !debitUnderWay) {
    throw new ControlError(`Checkout Session ${id} is ${session.status} (${session.payment_status}).`, 409);
  }

  const intentId = session.payment_intent ?? newStripeId('pi_3');
  const attempt = new PaymentAttempt(context, session, intentId, wish.amount ?? session.amount_total);
  const account = context.store.ownerOf(id);
  const events = happen(attempt, wish, debitUnderWay).map((event) => ({ ...event, account }));
  const told = await deliverEvents(context, events, wish.deliveries);
  return { session: context.store.find(id), paymentIntent: context.store.find(intentId), ...told };
}

function happen(attempt: PaymentAttempt, wish: PayWish, debitUnderWay: boolean): EventToSend[] {
  if (debitUnderWay) return attempt.settleDebit(wish.outcome ?? 'succeeded');
  if (!wish.async) return wish.outcome === 'failed' ? attempt.decline() : attempt.succeed();
  const started = attempt.startDebit();
  return wish.outcome === undefined ? started : [...started, ...attempt.settleDebit(wish.outcome)];
}

import { newStripeId } from '../newStripeId';
import { parseParameters } from '../parseParameters';
import { sessionParameters, type SessionParameters } from '../sessionParameters';
import { buildCheckoutSession } from '../shapes/buildCheckoutSession';
import { StripeApiError } from '../stripeApiError';
import { seconds } from '../seconds';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { type Owner } from '../stripeStore';

const HALF_HOUR = 30 * 60;
const DAY = 24 * 60 * 60;
/** Stripe refuses totals that cost it more than they bring. Minor units. */
const LEAST_TOTAL: Record<string, number> = { gbp: 30, eur: 50, usd: 50 };
const MOST_TOTAL = 99_999_999;

/**
 * POST /v1/checkout/sessions.
 * @throws StripeApiError for parameters that Stripe refuses.
 */
export function createSession(context: StripeContext, account: Owner, raw: unknown): StripeObject {
  const parameters = parseParameters(sessionParameters, raw);
  const created = seconds(context.now());
  const expiresAt = parameters.expires_at ?? created + DAY;
  checkExpiry(expiresAt, created);
  const { total, currency } = totalOf(parameters);
  const paymentData = parameters.payment_intent_data;
  const fee = paymentData?.application_fee_amount ?? null;
  checkFee(fee, total, account);

  const session = buildCheckoutSession({
    id: newStripeId('cs_test_a1'),
    amount: total,
    currency,
    created,
    expiresAt,
    successUrl: parameters.success_url,
    cancelUrl: parameters.cancel_url ?? null,
    clientReferenceId: parameters.client_reference_id ?? null,
    customerEmail: parameters.customer_email ?? null,
    locale: parameters.locale ?? null,
    metadata: parameters.metadata ?? {},
    paymentMethodTypes: parameters.payment_method_types ?? ['card', 'link'],
  });
  context.paymentData.set(session.id, {
    applicationFeeAmount: fee,
    description: paymentData?.description ?? null,
    metadata: paymentData?.metadata ?? {},
  });
  context.store.put({ ...session }, account);
  return { ...session };
}

function checkExpiry(expiresAt: number, now: number): void {
  const wrong =
    expiresAt < now + HALF_HOUR
      ? 'at least 30 minutes'
      : expiresAt > now + DAY
        ? 'less than 24 hours'
        : undefined;
  if (wrong === undefined) return;
  const message = `The \`expires_at\` timestamp must be ${wrong} from Checkout Session creation.`;
  throw new StripeApiError(400, { message, param: 'expires_at' });
}

function totalOf({ line_items: items }: SessionParameters): { total: number; currency: string } {
  const [currency = '', ...others] = new Set(items.map((item) => item.price_data.currency.toLowerCase()));
  if (others.length > 0) {
    throw new StripeApiError(400, {
      message: 'All line items must use the same currency.',
      param: 'line_items',
    });
  }
  const total = items.reduce((sum, item) => sum + item.quantity * item.price_data.unit_amount, 0);
  const least = LEAST_TOTAL[currency] ?? 1;
  if (total < least) {
    const message = `The Checkout Session's total amount must be at least ${least} in the smallest unit of ${currency}.`;
    throw new StripeApiError(400, { code: 'amount_too_small', message });
  }
  if (total > MOST_TOTAL) {
    const message = `The Checkout Session's total amount must be no more than ${MOST_TOTAL}.`;
    throw new StripeApiError(400, { code: 'amount_too_large', message });
  }
  return { total, currency };
}

/** Recoup uses direct charges only, so a fee without a connected account is a fault. */
function checkFee(fee: number | null, total: number, account: Owner): void {
  if (fee === null) return;
  const param = 'payment_intent_data[application_fee_amount]';
  if (account === null) {
    const message =
      'Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment (using an OAuth key or Stripe-Account header) or destination payment.';
    throw new StripeApiError(400, { message, param });
  }
  if (fee > total) {
    throw new StripeApiError(400, {
      message: 'Your application fee cannot be greater than the amount.',
      param,
    });
  }
}

import { z } from 'zod';
import { amount, expandPaths, integer, metadata } from './commonParameters';

const LOCALES =
  'auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW'.split(
    ' ',
  );
const METHODS =
  'amazon_pay bacs_debit card customer_balance klarna link pay_by_bank paypal revolut_pay'.split(' ');

/** Stripe fills `{CHECKOUT_SESSION_ID}` in, so braces must not spoil the check. */
export const url = z
  .string()
  .refine((text) => URL.canParse(text.replaceAll(/[{}]/g, '')) && /^https?:/.test(text), {
    error: 'url_invalid',
  });

const text = (longest: number): z.ZodString =>
  z.string().min(1, { error: 'parameter_invalid_empty' }).max(longest);

const lineItem = z.strictObject({
  quantity: integer.refine((quantity) => quantity > 0, { error: 'parameter_invalid_integer' }),
  price_data: z.strictObject({
    currency: z.string().regex(/^[a-z]{3}$/i, { error: 'Invalid currency' }),
    unit_amount: amount,
    product_data: z.strictObject({
      name: text(1500),
      description: text(5000).optional(),
      metadata: metadata.optional(),
    }),
  }),
});

/**
 * Parameters of POST /v1/checkout/sessions: those that an invoice's payment page needs. Others that the real
 * Stripe knows are refused as unknown until the sandbox models what they do.
 */
export const sessionParameters = z.strictObject({
  mode: z.literal('payment', { error: 'the sandbox knows only payment' }),
  line_items: z.array(lineItem).min(1).max(100),
  success_url: url,
  cancel_url: url.optional(),
  client_reference_id: text(200).optional(),
  customer_email: z.email({ error: 'email_invalid' }).max(800).optional(),
  expires_at: integer.optional(),
  expand: expandPaths,
  locale: z
    .string()
    .refine((locale) => LOCALES.includes(locale), { error: 'unknown locale' })
    .optional(),
  metadata: metadata.optional(),
  payment_intent_data: z
    .strictObject({
      application_fee_amount: amount.optional(),
      description: text(1000).optional(),
      metadata: metadata.optional(),
    })
    .optional(),
  payment_method_types: z
    .array(z.string().refine((method) => METHODS.includes(method), { error: 'unknown payment method type' }))
    .min(1)
    .optional(),
});

export type SessionParameters = z.infer<typeof sessionParameters>;

import * as z from 'zod';
import { isDocumentId } from '../../domain/documentId';

export const metadataSchema = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((all) =>
    Object.fromEntries(Object.entries(all ?? {}).filter(([, value]) => typeof value === 'string')),
  )
  .pipe(z.record(z.string(), z.string()));

export type Metadata = z.infer<typeof metadataSchema>;

/** Stripe's ids become document ids here, so nothing else may stand in their place. */
export const stripeIdSchema = z.string().min(3).refine(isDocumentId);

/** A reference that Stripe gives as an id, or, when expanded, as the object. */
export const idSchema = z.union([
  stripeIdSchema,
  z.object({ id: stripeIdSchema }).transform((object) => object.id),
]);

const currencySchema = z
  .string()
  .regex(/^[A-Za-z]{3}$/)
  .toUpperCase();

const minorUnitsSchema = z.int().nonnegative();

export const checkoutSessionSchema = z.object({
  id: stripeIdSchema,
  mode: z.string().nullish(),
  payment_status: z.string(),
  payment_intent: idSchema.nullish(),
  amount_total: minorUnitsSchema.nullish(),
  currency: currencySchema.nullish(),
  created: z.number().nullish(),
  metadata: metadataSchema,
});

export const paymentIntentSchema = z.object({
  id: stripeIdSchema,
  status: z.string(),
  amount: minorUnitsSchema,
  amount_received: minorUnitsSchema.nullish(),
  currency: currencySchema,
  livemode: z.boolean(),
  metadata: metadataSchema,
  last_payment_error: z.object({ code: z.string().nullish() }).nullish(),
  latest_charge: z.union([z.string(), z.object({ amount_refunded: minorUnitsSchema })]).nullish(),
});

export const chargeSchema = z.object({
  id: stripeIdSchema,
  payment_intent: idSchema.nullish(),
  amount_refunded: minorUnitsSchema,
});

export const refundSchema = z.object({
  id: stripeIdSchema,
  payment_intent: idSchema.nullish(),
  charge: idSchema.nullish(),
  status: z.string().nullish(),
});

export const disputeObjectSchema = z.object({
  id: stripeIdSchema,
  payment_intent: idSchema.nullish(),
  charge: idSchema.nullish(),
  status: z.string(),
  amount: minorUnitsSchema,
});

/** A payment as Stripe says it is at this moment. */
export interface PaymentSnapshot {
  readonly paymentIntentId: string;
  readonly succeeded: boolean;
  /** Minor units received. */
  readonly amount: number;
  /** Minor units given back so far. */
  readonly refunded: number;
  readonly currency: string;
  readonly livemode: boolean;
  readonly metadata: Metadata;
}

import { ControlError } from '../../controlError';
import { parseControl } from '../../parseControl';
import { REFERENCES } from '../references';
import { type StripeContext } from '../stripeContext';
import { stripeObjectSchema, type StripeObject } from '../stripeObject';
import { type Owner } from '../stripeStore';

/**
 * PUT /_sandbox/stripe/objects/{id}: the object is served by the API from then on. Objects nested in it by
 * reference (an expanded latest_charge, a charge's refunds) are taken apart and served by their own ids too, as
 * Stripe keeps them.
 * @param account undefined: every account sees it
 * @throws ControlError when the body is no Stripe object or has another id.
 */
export function putObject(
  context: StripeContext,
  id: string,
  account: Owner | undefined,
  body: unknown,
): unknown {
  const object = parseControl(stripeObjectSchema, body);
  if (object.id !== id) throw new ControlError(`The object's id is ${object.id}, the path says ${id}.`);
  return keep(context, object, account);
}

function keep(context: StripeContext, object: StripeObject, account: Owner | undefined): StripeObject {
  const flat: StripeObject = { ...object };
  for (const field of REFERENCES) {
    const nested = stripeObjectSchema.safeParse(flat[field]);
    if (nested.success) flat[field] = keep(context, nested.data, account).id;
  }
  if (flat.object === 'charge') {
    for (const refund of listed(flat['refunds'])) keep(context, refund, account);
    delete flat['refunds'];
  }
  context.store.put(flat, account);
  return flat;
}

function listed(value: unknown): StripeObject[] {
  if (typeof value !== 'object' || value === null || !('data' in value) || !Array.isArray(value.data))
    return [];
  return value.data.flatMap((entry) => {
    const parsed = stripeObjectSchema.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
}

import { present } from './present';
import { REFERENCES } from './references';
import { refundsOf } from './refundsOf';
import { StripeApiError } from './stripeApiError';
import { stripeObjectSchema, type StripeObject } from './stripeObject';
import { type StripeStore } from './stripeStore';

/**
 * Replaces references by the objects themselves, as `expand[]=latest_charge.refunds` asks.
 * @throws StripeApiError (400) for a field that is neither a reference nor a charge's refunds.
 */
export function expand(store: StripeStore, object: StripeObject, paths: string[], now: Date): StripeObject {
  const heads = new Map<string, string[]>();
  for (const path of paths) {
    const [head = '', ...rest] = path.split('.');
    heads.set(head, [...(heads.get(head) ?? []), ...(rest.length > 0 ? [rest.join('.')] : [])]);
  }
  const expanded = { ...object };
  for (const [head, rest] of heads) expanded[head] = expandField(store, object, head, rest, now);
  return expanded;
}

function expandField(
  store: StripeStore,
  object: StripeObject,
  field: string,
  rest: string[],
  now: Date,
): unknown {
  if (object.object === 'charge' && field === 'refunds') return refundList(store, object, rest, now);
  const value = object[field];
  if (value === null) return null;
  if (value === undefined && REFERENCES.includes(field)) return undefined;
  const target = typeof value === 'string' ? store.find(value) : stripeObjectSchema.safeParse(value).data;
  if (target !== undefined) return expand(store, present(store, target, now), rest, now);
  // A test may put an object without what it refers to; the reference stays an id then.
  if (typeof value === 'string' && REFERENCES.includes(field)) return value;
  throw new StripeApiError(400, { message: `This property cannot be expanded (${field}).`, param: 'expand' });
}

/** A charge shows its ten newest refunds. */
function refundList(store: StripeStore, charge: StripeObject, rest: string[], now: Date): unknown {
  const own = refundsOf(store, charge);
  const inner = rest.map((path) => path.replace(/^data\.?/, '')).filter((path) => path !== '');
  return {
    object: 'list',
    data: own.slice(0, 10).map((refund) => expand(store, refund, inner, now)),
    has_more: own.length > 10,
    url: `/v1/charges/${charge.id}/refunds`,
  };
}

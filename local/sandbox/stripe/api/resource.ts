import { type StripeObject } from '../stripeObject';

/** A kind of object that can be read. */
export interface Resource {
  /** Under /v1. */
  path: string;
  kind: string;
  /** Parameters of its list that select by a field of the same name; without them there is no list. */
  filters?: string[];
  /** Those that select by something else, or do so even when they are left out. */
  matches?: Record<string, (object: StripeObject, wanted: string | undefined) => boolean>;
}

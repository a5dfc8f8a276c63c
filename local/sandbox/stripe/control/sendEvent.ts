import { z } from 'zod';
import { parseControl } from '../../parseControl';
import { type StripeContext } from '../stripeContext';
import { deliveries } from '../../deliveries';
import { deliverEvents } from './deliverEvents';

const eventSchema = z.strictObject({
  type: z.string().min(1),
  /** Becomes data.object as it is; it is not kept as an object that the API serves. */
  object: z.looseObject({}),
  account: z.string().startsWith('acct_').optional(),
  apiVersion: z.string().min(1).optional(),
  /** The same id again is the same event again, as in a redelivery. */
  id: z.string().min(1).optional(),
  previousAttributes: z.record(z.string(), z.unknown()).optional(),
  deliveries,
});

/** POST /_sandbox/stripe/events: wraps any object into a signed event and delivers it. */
export async function sendEvent(context: StripeContext, body: unknown): Promise<unknown> {
  const { deliveries: times, previousAttributes, ...event } = parseControl(eventSchema, body);
  return deliverEvents(
    context,
    [{ ...event, ...(previousAttributes === undefined ? {} : { previousAttributes }) }],
    times,
  );
}

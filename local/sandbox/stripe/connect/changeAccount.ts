import { z } from 'zod';
import { ControlError } from '../../controlError';
import { deliveries } from '../../deliveries';
import { parseControl } from '../../parseControl';
import { deliverEvents } from '../control/deliverEvents';
import { type StripeContext } from '../stripeContext';

const changeSchema = z.strictObject({
  /** Takes payments. */
  chargesEnabled: z.boolean().optional(),
  payoutsEnabled: z.boolean().optional(),
  detailsSubmitted: z.boolean().optional(),
  /** What its holder still has to tell Stripe. */
  currentlyDue: z.array(z.string()).optional(),
  disabledReason: z.string().nullable().optional(),
  /** 0: Stripe knows, and tells nobody. */
  deliveries,
});

/**
 * POST /_sandbox/stripe/accounts/{id}: its holder has told Stripe something, or Stripe has changed its mind; account.updated
 * is delivered.
 * @throws ControlError (404) for an account that is not known.
 */
export async function changeAccount(context: StripeContext, id: string, body: unknown): Promise<unknown> {
  const { deliveries: times, ...change } = parseControl(changeSchema, body);
  const known = context.store.find(id);
  if (known?.object !== 'account') throw new ControlError(`There is no account ${id}.`, 404);
  const before = z.looseObject({}).catch({}).parse(known['requirements']);
  const account = context.store.update(id, {
    ...(change.chargesEnabled === undefined ? {} : { charges_enabled: change.chargesEnabled }),
    ...(change.payoutsEnabled === undefined ? {} : { payouts_enabled: change.payoutsEnabled }),
    ...(change.detailsSubmitted === undefined ? {} : { details_submitted: change.detailsSubmitted }),
    requirements: {
      ...before,
      ...(change.currentlyDue === undefined ? {} : { currently_due: change.currentlyDue }),
      ...(change.disabledReason === undefined ? {} : { disabled_reason: change.disabledReason }),
    },
  });
  return deliverEvents(context, [{ type: 'account.updated', object: account, account: id }], times);
}

import { StripeApiError } from '../stripeApiError';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { type Owner } from '../stripeStore';
import { createPortalSession } from './createPortalSession';
import { createSubscriptionSession } from './createSubscriptionSession';
import { createCustomer, deleteCustomer, updateCustomer } from './customers';
import { cancelSubscription, updateSubscription } from './subscriptions';

/**
 * What Stripe Billing changes; undefined for any other request.
 * @param path what follows /v1/
 * @throws StripeApiError as Stripe would answer
 */
export function routeBilling(
  context: StripeContext,
  account: Owner,
  method: string,
  path: string,
  parameters: Record<string, unknown>,
): StripeObject | undefined {
  const answer = answerOf(context, method, path, parameters);
  if (answer === undefined) return undefined;
  // Recoup bills on its own account; what others would bill on theirs is not played here.
  if (account !== null)
    throw new StripeApiError(400, { message: 'the sandbox bills on the platform account only' });
  return answer();
}

function answerOf(
  context: StripeContext,
  method: string,
  path: string,
  parameters: Record<string, unknown>,
): (() => StripeObject) | undefined {
  const [room = '', id, ...rest] = path.split('/');
  switch (`${method} ${id === undefined || rest.length > 0 ? path : `${room}/{id}`}`) {
    case 'POST customers':
      return () => createCustomer(context, parameters);
    case 'POST customers/{id}':
      return () => updateCustomer(context, id ?? '', parameters);
    case 'DELETE customers/{id}':
      return () => deleteCustomer(context, id ?? '');
    case 'POST subscriptions/{id}':
      return () => updateSubscription(context, id ?? '', parameters);
    case 'DELETE subscriptions/{id}':
      return () => cancelSubscription(context, id ?? '', parameters);
    case 'POST checkout/{id}':
      return id === 'sessions' && parameters['mode'] === 'subscription'
        ? () => createSubscriptionSession(context, parameters)
        : undefined;
    case 'POST billing_portal/{id}':
      return id === 'sessions' ? () => createPortalSession(context, parameters) : undefined;
    default:
      return undefined;
  }
}

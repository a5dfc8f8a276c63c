import { z } from 'zod';
import { routeBilling } from '../billing/routeBilling';
import { expandPaths } from '../commonParameters';
import { expand } from '../expand';
import { parseParameters } from '../parseParameters';
import { present } from '../present';
import { StripeApiError } from '../stripeApiError';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { type Owner } from '../stripeStore';
import { createAccount } from '../connect/createAccount';
import { createAccountLink } from '../connect/createAccountLink';
import { createRefund } from './createRefund';
import { createSession } from './createSession';
import { expireSession } from './expireSession';
import { listObjects } from './listObjects';
import { requireObject } from './requireObject';
import { RESOURCES } from './resources';

const onlyExpand = z.strictObject({ expand: expandPaths });

/**
 * Runs one API request and gives the object that answers it.
 * @param path what follows /v1/
 * @throws StripeApiError as Stripe would answer.
 */
export function routeApi(
  context: StripeContext,
  account: Owner,
  method: string,
  path: string,
  parameters: Record<string, unknown>,
): Record<string, unknown> {
  const shown = (object: StripeObject): StripeObject =>
    expand(
      context.store,
      present(context.store, object, context.now()),
      expandPaths.catch([]).parse(parameters['expand']),
      context.now(),
    );

  const billed = routeBilling(context, account, method, path, parameters);
  if (billed !== undefined) return shown(billed);
  if (method === 'POST' && path === 'checkout/sessions')
    return shown(createSession(context, account, parameters));
  if (method === 'POST' && path === 'refunds') return shown(createRefund(context, account, parameters));
  const expiring = /^checkout\/sessions\/([^/]+)\/expire$/.exec(path)?.[1];
  if (method === 'POST' && expiring !== undefined) {
    parseParameters(onlyExpand, parameters);
    return shown(expireSession(context, account, expiring));
  }
  if (method === 'POST' && path === 'accounts') return shown(createAccount(context, account, parameters));
  if (method === 'POST' && path === 'account_links') return createAccountLink(context, account, parameters);
  if (method === 'GET') {
    for (const resource of RESOURCES) {
      const { filters } = resource;
      if (path === resource.path && filters !== undefined) {
        return listObjects(context, account, { ...resource, filters }, parameters);
      }
      const id = path.startsWith(`${resource.path}/`) ? path.slice(resource.path.length + 1) : '';
      if (id === '' || id.includes('/')) continue;
      parseParameters(onlyExpand, parameters);
      return shown(requireObject(context, account, resource.kind, id));
    }
  }
  throw new StripeApiError(404, { message: `Unrecognized request URL (${method}: /v1/${path}).` });
}

import { z } from 'zod';
import { expandPaths, integer } from '../commonParameters';
import { expand } from '../expand';
import { parseParameters } from '../parseParameters';
import { present } from '../present';
import { type StripeContext } from '../stripeContext';
import { type StripeObject } from '../stripeObject';
import { type Owner } from '../stripeStore';
import { type Resource } from './resource';

const wantedText = z.string();

/**
 * GET /v1/{resource}: newest first, in pages, filtered by equal fields.
 */
export function listObjects(
  context: StripeContext,
  account: Owner,
  resource: Resource & { filters: string[] },
  raw: unknown,
): Record<string, unknown> {
  const parameters = parseParameters(
    z.strictObject({
      ...Object.fromEntries(resource.filters.map((name) => [name, z.string().optional()])),
      limit: integer.optional(),
      starting_after: z.string().optional(),
      expand: expandPaths,
    }),
    raw,
  );
  const wanted = (object: StripeObject): boolean =>
    resource.filters.every((name) => {
      const value = wantedText.optional().parse(Reflect.get(parameters, name));
      return resource.matches?.[name]?.(object, value) ?? (value === undefined || object[name] === value);
    });
  const found = context.store.list(resource.kind, account).filter(wanted);
  const from = found.findIndex(({ id }) => id === parameters.starting_after) + 1;
  const limit = Math.min(Math.max(parameters.limit ?? 10, 1), 100);
  const inner = parameters.expand.map((path) => path.replace(/^data\./, ''));
  const now = context.now();
  return {
    object: 'list',
    data: found
      .slice(from, from + limit)
      .map((object) => expand(context.store, present(context.store, object, now), inner, now)),
    has_more: found.length > from + limit,
    url: `/v1/${resource.path}`,
  };
}

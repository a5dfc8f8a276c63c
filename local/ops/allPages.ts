import { z } from 'zod';

/**
 * Every page of a list that an admin's call gives in pages.
 *
 * @param ask with the id behind which the page begins; null for the first
 * @param field of the answer that holds the rows
 */
export async function allPages(
  ask: (after: string | null) => Promise<unknown>,
  field: string,
): Promise<unknown[]> {
  const all: unknown[] = [];
  const pageSchema = z.object({ [field]: z.array(z.unknown()), next: z.string().nullable() });
  for (let after: string | null = null; ;) {
    const page: Record<string, unknown> = pageSchema.parse(await ask(after));
    all.push(...z.array(z.unknown()).parse(page[field]));
    const next = z.string().nullable().parse(page['next']);
    if (next === null) return all;
    after = next;
  }
}

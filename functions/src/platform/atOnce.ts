/**
 * Does `work` for every item, at most `limit` at a time, in the items' order.
 *
 * @returns the results, in the items' order
 * @throws what the first failing one throws; those that had begun go on
 */
export async function atOnce<T, R>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [place, item] of waiting) results[place] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}

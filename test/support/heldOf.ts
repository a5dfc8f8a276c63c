/** What an answer about held data consists of. */
export interface Held {
  readonly records: readonly { readonly path: string; readonly data: Readonly<Record<string, unknown>> }[];
}

/** What an answer about held data says, by path. */
export function heldOf({ records }: Held): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  return new Map(records.map(({ path, data }) => [path, data]));
}

/** Parses a form or a query whose names do not nest: a name that is repeated becomes an array. */
export function parseFields(fields: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(fields.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = fields.getAll(name);
      const [only = ''] = values;
      return [name, values.length === 1 ? only : values];
    }),
  );
}

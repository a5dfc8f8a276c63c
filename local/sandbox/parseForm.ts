type Branch = Map<string, Branch | string>;

/**
 * Parses a form-encoded body or query whose names nest with brackets, as Stripe's do:
 * `a[b][0]=x` → `{a: {b: ['x']}}`. Values stay strings. A branch whose names are all numbers, or empty
 * (`expand[]=x`), becomes an array in their order.
 */
export function parseForm(fields: URLSearchParams): Record<string, unknown> {
  const root: Branch = new Map();
  for (const [name, value] of fields) {
    const [head = '', ...rest] = name.split('[').map((part) => part.replace(/\]$/, ''));
    insert(root, [head, ...rest], value);
  }
  return Object.fromEntries([...root].map(([name, child]) => [name, plain(child)]));
}

function insert(branch: Branch, [head = '', ...rest]: string[], value: string): void {
  const name = head === '' ? String(branch.size) : head;
  if (rest.length === 0) {
    branch.set(name, value);
    return;
  }
  const known = branch.get(name);
  const child: Branch = known instanceof Map ? known : new Map<string, Branch | string>();
  branch.set(name, child);
  insert(child, rest, value);
}

function plain(node: Branch | string): unknown {
  if (typeof node === 'string') return node;
  const names = [...node.keys()];
  if (names.length > 0 && names.every((name) => /^\d+$/.test(name))) {
    return [...node].sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => plain(child));
  }
  return Object.fromEntries([...node].map(([name, child]) => [name, plain(child)]));
}

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '../../local/stack/repositoryRoot';

const node = z.looseObject({});
type Node = z.infer<typeof node>;

/**
 * A provider's published OpenAPI description, where a folder `shared/specs` lies beside the checkout or above it.
 * It is not part of the repository; without it these checks have nothing to say.
 */
export function publishedSpec(name: string): Node | undefined {
  for (let folder = dirname(repositoryRoot); ; folder = dirname(folder)) {
    const path = join(folder, 'shared/specs', name);
    if (existsSync(path)) return node.parse(JSON.parse(readFileSync(path, 'utf8')));
    if (folder === dirname(folder)) return undefined;
  }
}

/** The schema at a path of property names within a description, references followed. */
export function schemaAt(spec: Node, ...path: string[]): Node {
  return path.reduce<Node>((at, name) => followed(spec, node.parse(at[name])), spec);
}

/**
 * Where a value departs from a schema: wrong types, unknown, missing or ill-formed fields. A form's values are text,
 * and are read as what the schema asks for.
 */
export function departures(spec: Node, raw: Node, value: unknown, at = ''): string[] {
  const schema = followed(spec, raw);
  if (value === null) return schema['nullable'] === true ? [] : [`${at} is null`];
  if (Array.isArray(value)) {
    if (schema['type'] !== 'array') return [`${at} is an array`];
    const items = node.parse(schema['items'] ?? {});
    return value.flatMap((item, index) => departures(spec, items, item, `${at}[${index}]`));
  }
  if (typeof value === 'object') return objectDepartures(spec, schema, node.parse(value), at);
  return scalarDepartures(schema, value, at);
}

function objectDepartures(spec: Node, schema: Node, value: Node, at: string): string[] {
  if (schema['type'] !== 'object') return [`${at} is an object`];
  const known = node.optional().parse(schema['properties']);
  const required = z.array(z.string()).default([]).parse(schema['required']);
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`);
  if (known === undefined) return missing;
  const wrong = Object.entries(value).flatMap(([name, field]) => {
    const of = known[name];
    if (of === undefined) return [`${at}.${name} is unknown`];
    return departures(spec, node.parse(of), field, `${at}.${name}`);
  });
  return [...missing, ...wrong];
}

function scalarDepartures(schema: Node, value: unknown, at: string): string[] {
  const text = String(value);
  const type = schema['type'];
  const fits =
    (type === 'string' && typeof value === 'string') ||
    (type === 'integer' && /^-?\d+$/.test(text)) ||
    (type === 'number' && !Number.isNaN(Number(text))) ||
    (type === 'boolean' && /^(true|false)$/.test(text)) ||
    // A form with one value of several.
    (type === 'array' && typeof value === 'string');
  if (!fits) return [`${at} is no ${String(type)}`];
  const { minLength, maxLength, pattern, enum: allowed } = bounds.parse(schema);
  return [
    ...(text.length < minLength ? [`${at} is too short`] : []),
    ...(text.length > maxLength ? [`${at} is too long`] : []),
    ...(pattern !== undefined && !new RegExp(pattern).test(text) ? [`${at} is not like ${pattern}`] : []),
    ...(allowed !== undefined && !allowed.includes(text) ? [`${at} is none of ${allowed.join()}`] : []),
  ];
}

const bounds = z.object({
  minLength: z.number().default(0),
  maxLength: z.number().default(Infinity),
  pattern: z.string().optional(),
  enum: z.array(z.string()).optional(),
});

function followed(spec: Node, schema: Node): Node {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  return schemaAt(spec, ...reference.replace('#/', '').split('/'));
}

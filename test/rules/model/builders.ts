import { type Case, type Data, type Filter, type Operation, type Value } from './case';
import { everyone, OTHER, OWNER, type Persona } from './personas';

let made = 0;

/** An id that no other case uses, so that cases do not meet. */
export function freshId(): string {
  made += 1;
  return `case-${made}`;
}

interface Question {
  readonly who: Persona;
  readonly op: Operation;
  readonly what?: string;
  /** A document's id, of its own by default; null: the collection. */
  readonly id?: string;
  readonly filters?: readonly Filter[];
  readonly data?: Data;
  readonly before?: Data;
  readonly allowed: boolean;
}

/** Makes the cases of one collection; `name` is its name in the contract, `path` where it is. */
export function casesOf(name: string, path = name): (question: Question) => Case {
  return ({ who, op, what = '', id = freshId(), filters, data, before, allowed }) => ({
    collection: name,
    who,
    op,
    what,
    path: op === 'list' ? path : `${path}/${id}`,
    allowed,
    ...(filters === undefined ? {} : { filters }),
    ...(data === undefined ? {} : { data }),
    ...(before === undefined ? {} : { seed: { [`${path}/${id}`]: before } }),
  });
}

/** Everyone changes each of these fields, alone and with fields that the owner may change: nobody may. */
export function frozenUpdates(
  ask: (question: Question) => Case,
  there: { readonly id: string; readonly before: Data },
  frozen: Readonly<Record<string, Value>>,
  free: Data,
): Case[] {
  return everyone.flatMap((who) =>
    Object.entries(frozen).flatMap(([field, value]) => [
      ask({ who, op: 'update', what: `${field} alone`, ...there, data: { [field]: value }, allowed: false }),
      ask({
        who,
        op: 'update',
        what: `${field} with a free field`,
        ...there,
        data: { ...free, [field]: value },
        allowed: false,
      }),
    ]),
  );
}

export const ownFilter: Filter = { field: 'freelancerId', op: '==', value: OWNER };

export interface ReadOnly {
  readonly name: string;
  readonly path?: string;
  /** By default one of its own. */
  readonly id?: string;
  readonly data: Data;
  /** Who may get the document. */
  readonly readers: readonly Persona[];
  /** Who may list with these filters; the others may not. */
  readonly lists: readonly { readonly filters: readonly Filter[]; readonly by: readonly Persona[] }[];
  /** Fields that nobody may change, with a new value. */
  readonly frozen: Readonly<Record<string, Value>>;
}

/** Every persona × get, each list, create, update of each field alone and with another, delete. Nobody writes. */
export function readOnlyTable(spec: ReadOnly): Case[] {
  const ask = casesOf(spec.name, spec.path);
  const id = spec.id ?? `${spec.name.replaceAll('/', '-')}-1`;
  const there = { id, before: spec.data };
  return everyone.flatMap((who) => [
    ask({ who, op: 'get', ...there, allowed: spec.readers.includes(who) }),
    ...spec.lists.map(({ filters, by }) =>
      ask({ who, op: 'list', what: filterText(filters), filters, allowed: by.includes(who) }),
    ),
    ask({ who, op: 'create', data: spec.data, allowed: false }),
    ...Object.entries(spec.frozen).flatMap(([field, value]) => [
      ask({ who, op: 'update', what: `${field} alone`, ...there, data: { [field]: value }, allowed: false }),
      ask({
        who,
        op: 'update',
        what: `${field} and another`,
        ...there,
        data: { [field]: value, note: 'free' },
        allowed: false,
      }),
    ]),
    ask({ who, op: 'delete', ...there, allowed: false }),
  ]);
}

export function filterText(filters: readonly Filter[]): string {
  if (filters.length === 0) return 'no filter';
  return filters.map(({ field, op, value }) => `${field} ${op} ${JSON.stringify(value)}`).join(' and ');
}

/** A collection of the server's in which each document names its freelancer. */
export function ownedTable(
  name: string,
  data: Data,
  more: Partial<Pick<ReadOnly, 'frozen' | 'id' | 'readers'>> & { admin?: boolean; path?: string } = {},
): Case[] {
  const admins: Persona[] = more.admin === true ? ['admin'] : [];
  return readOnlyTable({
    name,
    ...(more.path === undefined ? {} : { path: more.path }),
    ...(more.id === undefined ? {} : { id: more.id }),
    data: { freelancerId: OWNER, ...data },
    readers: ['owner', ...admins],
    lists: [
      { filters: [ownFilter], by: ['owner', ...admins] },
      { filters: [], by: admins },
      { filters: [{ field: 'freelancerId', op: 'in', value: [OWNER, OTHER] }], by: admins },
    ],
    frozen: { freelancerId: OTHER, ...more.frozen },
  });
}

/** A collection that one sort of reader sees, whatever is in it. */
export function plainTable(
  name: string,
  data: Data,
  readers: readonly Persona[],
  more: { path?: string; id?: string; frozen?: Readonly<Record<string, Value>> } = {},
): Case[] {
  return readOnlyTable({
    name,
    ...(more.path === undefined ? {} : { path: more.path }),
    ...(more.id === undefined ? {} : { id: more.id }),
    data,
    readers,
    lists: [
      { filters: [], by: readers },
      { filters: [ownFilter], by: readers },
    ],
    frozen: more.frozen ?? { status: 'changed' },
  });
}

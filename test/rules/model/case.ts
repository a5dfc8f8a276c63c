import { type Persona } from './personas';

export type Operation = 'get' | 'list' | 'create' | 'update' | 'delete';

/** As a field's new value: the field goes. */
export const GONE = Symbol('gone');

export type Value =
  | string
  | number
  | boolean
  | null
  | Date
  | typeof GONE
  | readonly Value[]
  | { readonly [field: string]: Value };

export type Data = Readonly<Record<string, Value>>;

export interface Filter {
  /** A field, or `__name__` for the document's id. */
  readonly field: string;
  readonly op: '==' | 'in' | '>=';
  readonly value: Value;
}

/** One question to the rules and its right answer. */
export interface Case {
  readonly collection: string;
  readonly who: Persona;
  readonly op: Operation;
  /** What is special about it, for the message. */
  readonly what: string;
  /** The document's path, for `list` the collection's. */
  readonly path: string;
  /** A `list` of all collections whose name is `path`, wherever they are. */
  readonly group?: true;
  readonly filters?: readonly Filter[];
  /** The new document, or the fields that an update changes. */
  readonly data?: Data;
  /** Other documents of the same batch. */
  readonly together?: Readonly<Record<string, Data>>;
  /** The documents that are there before, by path. */
  readonly seed?: Readonly<Record<string, Data>>;
  readonly allowed: boolean;
}

export function describeCase({ collection, who, op, what }: Case): string {
  return `${collection}: ${op} by ${who}${what === '' ? '' : ` (${what})`}`;
}

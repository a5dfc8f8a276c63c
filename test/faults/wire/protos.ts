import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Root, type Type } from 'protobufjs';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';

const FILE = 'functions/node_modules/@google-cloud/firestore/build/protos/v1.json';
const root = Root.fromJSON(
  JSON.parse(readFileSync(join(repositoryRoot, FILE), 'utf8')) as Parameters<typeof Root.fromJSON>[0],
);

/** A message of Firestore's protocol, such as `CommitRequest`. */
export function messageType(name: string): Type {
  return root.lookupType(`google.firestore.v1.${name}`);
}

/** The bytes of such a message as plain values. */
export function toPlain(type: Type, bytes: Buffer): unknown {
  return type.toObject(type.decode(bytes), { longs: String, enums: String });
}

export interface Stamp {
  readonly seconds: string;
  readonly nanos?: number;
}

/** A document as it is on the wire. */
export interface WireDocument {
  readonly name: string;
  readonly fields?: Readonly<Record<string, WireValue>>;
}

type WireValue = Readonly<Record<string, unknown>>;

/** Where it is, below the database's documents: such as `outbox/1`. */
export function pathOf(name: string): string {
  return name.slice(name.indexOf('/documents/') + '/documents/'.length);
}

/** Its fields, with instants as dates. */
export function fieldsOf({ fields = {} }: Pick<WireDocument, 'fields'>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, plainValue(value)]));
}

function plainValue(value: WireValue): unknown {
  const [kind, inner] = Object.entries(value)[0] ?? ['nullValue', null];
  switch (kind) {
    case 'nullValue':
      return null;
    case 'integerValue':
      return Number(inner);
    case 'timestampValue': {
      const { seconds, nanos = 0 } = inner as Stamp;
      return new Date(Number(seconds) * 1000 + nanos / 1_000_000);
    }
    case 'mapValue':
      return fieldsOf(inner as Pick<WireDocument, 'fields'>);
    case 'arrayValue':
      return ((inner as { values?: WireValue[] }).values ?? []).map(plainValue);
    default:
      return inner;
  }
}

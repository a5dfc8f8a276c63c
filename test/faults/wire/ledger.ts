import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Root, type Type } from 'protobufjs';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';

/** One document in a commit that Firestore made. */
export interface LedgerWrite {
  /** Below the database's documents, such as `outbox/1`. */
  readonly path: string;
  /** What was set, as plain values; null for a deletion. */
  readonly fields: Readonly<Record<string, unknown>> | null;
}

/** One commit that Firestore made, in the order of its own clock. */
export interface LedgerCommit {
  /** Microseconds. */
  readonly at: number;
  readonly writes: readonly LedgerWrite[];
}

type Value = Readonly<Record<string, unknown>>;
interface Stamp {
  readonly seconds: string;
  readonly nanos?: number;
}

const root = Root.fromJSON(
  JSON.parse(
    readFileSync(
      join(repositoryRoot, 'functions/node_modules/@google-cloud/firestore/build/protos/v1.json'),
      'utf8',
    ),
  ) as Parameters<typeof Root.fromJSON>[0],
);
const typeOf = (name: string): Type => root.lookupType(`google.firestore.v1.${name}`);
const requestType = typeOf('CommitRequest');
const answerType = typeOf('CommitResponse');

/** Everything that the clients of a wire committed: what was written when, whoever wrote it. */
export class Ledger {
  private kept: LedgerCommit[] = [];

  note(request: Buffer, answer: Buffer): void {
    const asked = toPlain(requestType, request) as { writes?: Value[] };
    const told = toPlain(answerType, answer) as { commitTime?: Stamp };
    if (told.commitTime === undefined || asked.writes === undefined) return;
    const { seconds, nanos = 0 } = told.commitTime;
    this.kept.push({
      at: Number(seconds) * 1_000_000 + Math.round(nanos / 1_000),
      writes: asked.writes.map(readWrite),
    });
  }

  /** In the order in which they were made. */
  commits(): readonly LedgerCommit[] {
    return [...this.kept].sort((a, b) => a.at - b.at);
  }

  clear(): void {
    this.kept = [];
  }
}

function toPlain(type: Type, bytes: Buffer): unknown {
  return type.toObject(type.decode(bytes), { longs: String, enums: String });
}

function readWrite(write: Value): LedgerWrite {
  const update = write['update'] as { name: string; fields?: Record<string, Value> } | undefined;
  const name = update?.name ?? String(write['delete'] ?? '');
  const path = name.slice(name.indexOf('/documents/') + '/documents/'.length);
  if (update === undefined) return { path, fields: null };
  const fields = Object.entries(update.fields ?? {}).map(([field, value]) => [field, plain(value)]);
  return { path, fields: Object.fromEntries(fields) as Record<string, unknown> };
}

function plain(value: Value): unknown {
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
    case 'mapValue': {
      const fields = (inner as { fields?: Record<string, Value> }).fields ?? {};
      return Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, plain(one)]));
    }
    case 'arrayValue':
      return ((inner as { values?: Value[] }).values ?? []).map(plain);
    default:
      return inner;
  }
}

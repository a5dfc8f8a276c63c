import { fieldsOf, messageType, pathOf, type Stamp, toPlain, type WireDocument } from './protos';

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

const requestType = messageType('CommitRequest');
const answerType = messageType('CommitResponse');

/** Everything that the clients of a wire committed: what was written when, whoever wrote it. */
export class Ledger {
  private kept: LedgerCommit[] = [];

  note(request: Buffer, answer: Buffer): void {
    const asked = toPlain(requestType, request) as { writes?: Write[] };
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

interface Write {
  readonly update?: WireDocument;
  readonly delete?: string;
}

function readWrite({ update, delete: deleted = '' }: Write): LedgerWrite {
  if (update === undefined) return { path: pathOf(deleted), fields: null };
  return { path: pathOf(update.name), fields: fieldsOf(update) };
}

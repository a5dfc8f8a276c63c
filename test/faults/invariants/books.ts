import { type DocumentData } from 'firebase-admin/firestore';
import { type AcceptedRequest } from '../../../local/sandbox/requestLog';
import { hashOf } from '../../support/seedMessage';
import { type LedgerCommit } from '../wire/ledger';

/** Everything that can be seen from outside when all is still. */
export class Books {
  constructor(
    readonly documents: ReadonlyMap<string, DocumentData>,
    readonly ledger: readonly LedgerCommit[],
    readonly accepted: readonly AcceptedRequest[],
    readonly now: Date,
    /** Contact data is sealed for good: nobody looks for the clear form any more. */
    readonly sealed: boolean,
  ) {}

  /** A document; empty when there is none. */
  at(path: string): DocumentData {
    return this.documents.get(path) ?? {};
  }

  has(path: string): boolean {
    return this.documents.has(path);
  }

  /** What a number has said, where it stands. */
  optOutOf(phone: string): DocumentData {
    return this.at(`sms_opt_outs/${this.sealed ? hashOf('sms', phone) : phone}`);
  }

  /** Whether a field of a document is this e-mail address, in the form that counts. */
  isEmail(path: string, field: string, email: string): boolean {
    const data = this.at(path);
    return this.sealed ? data[`${field}Hash`] === hashOf('email', email) : data[field] === email;
  }

  /** The documents of a collection, by their ids. */
  in(collection: string): [string, DocumentData][] {
    const depth = collection.split('/').length + 1;
    return [...this.documents].flatMap(([path, data]): [string, DocumentData][] =>
      path.startsWith(`${collection}/`) && path.split('/').length === depth
        ? [[path.slice(collection.length + 1), data]]
        : [],
    );
  }

  /** How often a provider took each message, by our id. */
  timesSent(): Map<string, number> {
    const times = new Map<string, number>();
    for (const { provider, method, body } of this.accepted) {
      if (provider === 'stripe' || method !== 'POST') continue;
      const outboxId = outboxIdOf(body);
      times.set(outboxId, (times.get(outboxId) ?? 0) + 1);
    }
    return times;
  }
}

function outboxIdOf(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'StatusCallback' in body)
    return new URL(String(body.StatusCallback)).searchParams.get('o') ?? '';
  return /"outboxId":"([^"]+)"/.exec(JSON.stringify(body))?.[1] ?? '';
}

/** What is not as it should be, in one line; null when it is. */
export function differs(what: string, found: unknown, expected: unknown): string[] {
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)];
  return is === should ? [] : [`${what}: is ${is}, should be ${should}`];
}

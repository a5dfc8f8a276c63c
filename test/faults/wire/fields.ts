/** Field numbers of google.firestore.v1 that the wire looks at. */
const TRANSACTION: Readonly<Record<string, { readonly asked?: number; readonly told?: number }>> = {
  BeginTransaction: { told: 1 },
  BatchGetDocuments: { told: 3 },
  RunQuery: { told: 2 },
  RunAggregationQuery: { told: 2 },
  Commit: { asked: 3 },
  Rollback: { asked: 2 },
};
const READ_TIME: Readonly<Record<string, number>> = {
  BatchGetDocuments: 4,
  RunQuery: 3,
  RunAggregationQuery: 3,
};
const LENGTH_DELIMITED = 2;

/** The transaction that an answer of this method opens; null when it opens none. */
export function transactionTold(method: string, answer: Buffer): Buffer | null {
  const field = TRANSACTION[method]?.told;
  return field === undefined ? null : bytesOf(answer, field);
}

/** The transaction that a request of this method ends; null when it ends none. */
export function transactionEnded(method: string, request: Buffer): Buffer | null {
  const field = TRANSACTION[method]?.asked;
  return field === undefined ? null : bytesOf(request, field);
}

/** The request that gives a transaction back. */
export function rollbackOf(database: string, transaction: Buffer): Buffer {
  return Buffer.concat([delimited(1, Buffer.from(database)), delimited(2, transaction)]);
}

/** How many fields of this number a message has: the writes of a commit are its second. */
export function countOf(message: Buffer, field: number): number {
  let count = 0;
  eachField(message, (number) => {
    if (number === field) count += 1;
  });
  return count;
}

/**
 * The answer as a Firestore with that clock would give it. A field that comes twice is merged with what comes last, so
 * the time is put behind the message.
 */
export function withReadTime(method: string, answer: Buffer, now: Date): Buffer {
  const field = READ_TIME[method];
  if (field === undefined) return answer;
  const ms = now.getTime();
  const seconds = Math.floor(ms / 1000);
  const nanos = (ms - seconds * 1000) * 1_000_000;
  const time = Buffer.concat([
    Buffer.from([8]),
    varint(seconds),
    // Written though it may be 0: else what was there would stay.
    Buffer.from([16]),
    varint(nanos),
  ]);
  return Buffer.concat([answer, delimited(field, time)]);
}

function bytesOf(message: Buffer, field: number): Buffer | null {
  let found: Buffer | null = null;
  eachField(message, (number, value) => {
    if (number === field && value !== null && value.length > 0) found = value;
  });
  return found;
}

function eachField(message: Buffer, take: (number: number, value: Buffer | null) => void): void {
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message[at] ?? 0;
      at += 1;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = number();
    const kind = key & 7;
    if (kind === LENGTH_DELIMITED) {
      const length = number();
      take(key >>> 3, message.subarray(at, at + length));
      at += length;
      continue;
    }
    if (kind === 0) number();
    else if (kind === 1) at += 8;
    else if (kind === 5) at += 4;
    else throw new Error(`a message of Firestore has a field of wire type ${kind}`);
    take(key >>> 3, null);
  }
}

function delimited(field: number, value: Buffer): Buffer {
  return Buffer.concat([varint(field * 8 + LENGTH_DELIMITED), varint(value.length), value]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) {
      bytes.push(rest);
      return Buffer.from(bytes);
    }
    bytes.push((rest % 128) + 128);
  }
}

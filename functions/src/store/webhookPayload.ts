import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type DocumentData, type DocumentReference, FieldValue } from 'firebase-admin/firestore';
import * as z from 'zod';
import { PermanentFailure } from '../platform/errors';
import { collections } from './collections';
import { decode } from './decode';
import { type UnitOfWork } from './unitOfWork';

/**
 * Most bytes in one document. Firestore takes 1 MiB; a body of 1 MiB that hardly compresses needs two documents.
 */
const CHUNK_BYTES = 700_000;

const chunkSchema = z.object({
  bytes: z.instanceof(Uint8Array),
  chunks: z.int().optional(),
  keyVersion: z.int().nullish(),
});

/** What is done to the bytes on their way in and out. */
export interface PayloadSeal {
  /** @returns `keyVersion` null when they stay as they are */
  close(bytes: Buffer): Promise<{ readonly bytes: Buffer; readonly keyVersion: number | null }>;
  open(bytes: Buffer, keyVersion: number): Promise<Buffer>;
  /** Seals in any case, with the newest key. */
  seal(bytes: Buffer): Promise<{ readonly bytes: Buffer; readonly keyVersion: number }>;
  newest(): Promise<number>;
}

/** Keeps an event's bytes beside the record of its failure, gzipped, in as many documents as they need. */
export async function keepPayload(
  unit: UnitOfWork,
  failedRef: DocumentReference,
  rawBody: Uint8Array,
  seal: PayloadSeal,
): Promise<void> {
  const { bytes: packed, keyVersion } = await seal.close(await promisify(gzip)(rawBody));
  for (const [n, chunk] of chunksOf(packed, keyVersion).entries()) {
    // Not `create`: when a resolved row expired, its bytes may have stayed behind.
    unit.put(chunkRef(failedRef, n), chunk);
  }
}

/** The documents in which bytes are kept. */
function chunksOf(packed: Buffer, keyVersion: number | null): DocumentData[] {
  const chunks = Math.ceil(packed.length / CHUNK_BYTES);
  return Array.from({ length: chunks }, (_one, n) => ({
    bytes: packed.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES),
    ...(n === 0 ? { chunks } : {}),
    ...(n === 0 && keyVersion !== null ? { keyVersion } : {}),
  }));
}

/**
 * The bytes of a failed event, exactly as they came.
 *
 * @throws PermanentFailure `payload_missing` when they are gone; whatever `seal` throws
 */
export async function loadPayload(failedRef: DocumentReference, seal: PayloadSeal): Promise<Uint8Array> {
  const first = decode(chunkSchema, await chunkRef(failedRef, 0).get());
  if (first === null) throw new PermanentFailure('payload_missing', 'The bytes of this event are gone.');
  const parts = [first.bytes];
  for (let n = 1; n < (first.chunks ?? 1); n += 1) {
    const next = decode(chunkSchema, await chunkRef(failedRef, n).get());
    if (next === null) throw new PermanentFailure('payload_missing', 'A part of this event is gone.');
    parts.push(next.bytes);
  }
  const packed = Buffer.concat(parts);
  return promisify(gunzip)(first.keyVersion == null ? packed : await seal.open(packed, first.keyVersion));
}

/**
 * Seals bytes that are kept in the clear, or, where they are to be renewed, with another than the newest key. What is sealed
 * is what was packed; it opens again with `loadPayload`. Where the bytes were deleted meanwhile the commit is refused:
 * nothing would ever delete them again.
 *
 * @param unit has read the record of the failure
 * @returns what adds the writes; null when nothing is to be done
 * @throws PermanentFailure `payload_missing` when a part is gone
 */
export async function changePayload(
  unit: UnitOfWork,
  failedRef: DocumentReference,
  seal: PayloadSeal,
  renew: boolean,
): Promise<(() => Promise<void>) | null> {
  const refs = [chunkRef(failedRef, 0)];
  await unit.read(...refs);
  const first = decode(chunkSchema, unit.snapshot(chunkRef(failedRef, 0)));
  if (first === null) return null;
  const { keyVersion = null, chunks = 1 } = first;
  const isWanted = renew ? keyVersion !== null && keyVersion !== (await seal.newest()) : keyVersion === null;
  if (!isWanted) return null;
  for (let n = 1; n < chunks; n += 1) refs.push(chunkRef(failedRef, n));
  await unit.read(...refs);
  const parts = refs.map((ref) => {
    const part = decode(chunkSchema, unit.snapshot(ref));
    if (part === null) throw new PermanentFailure('payload_missing', 'A part of this event is gone.');
    return part.bytes;
  });
  return async () => {
    const packed = Buffer.concat(parts);
    const sealed = await seal.seal(keyVersion === null ? packed : await seal.open(packed, keyVersion));
    for (const [n, chunk] of chunksOf(sealed.bytes, sealed.keyVersion).entries()) {
      const ref = chunkRef(failedRef, n);
      if (n < refs.length) unit.update(ref, chunk);
      else {
        unit.put(ref, chunk);
        // Who deletes the record may have looked for its parts before there was this one: he has to look again.
        unit.update(failedRef, { updatedAt: FieldValue.serverTimestamp() });
      }
    }
  };
}

/** `private/payload`, then `private/payload-1` and so on. */
function chunkRef(failedRef: DocumentReference, n: number): DocumentReference {
  return collections.privatePart(failedRef, n === 0 ? 'payload' : `payload-${n}`);
}

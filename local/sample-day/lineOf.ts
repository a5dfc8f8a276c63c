import { constants, gunzipSync } from 'node:zlib';

/** A document as a line of text, path and all, in which whatever it holds can be looked for. */
export function lineOf(path: string, data: unknown): string {
  return `${path} ${JSON.stringify(data ?? null, readable)}`;
}

/** Bytes as the text that they may be. */
function readable(_key: string, value: unknown): unknown {
  const bytes = value as { type?: unknown; data?: unknown } | null;
  return bytes?.type === 'Buffer' && Array.isArray(bytes.data)
    ? textOf(Buffer.from(bytes.data as number[])).toString('latin1')
    : value;
}

/** What failed events came with is packed; of one that is kept in parts, as much as can be unpacked. */
function textOf(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return bytes;
  }
}

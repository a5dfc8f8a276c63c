import * as z from 'zod';

/** Where a page ended: behind that document. */
export interface PageCursor {
  readonly collection: string;
  readonly path: string;
}

const schema = z.tuple([z.string().max(100), z.string().max(1_500)]);

/** The collection's name in the data map: the path without the ids. */
export function collectionOf(path: string): string {
  return path
    .split('/')
    .filter((_, place) => place % 2 === 0)
    .join('/');
}

export function writeCursor({ collection, path }: PageCursor): string {
  return Buffer.from(JSON.stringify([collection, path])).toString('base64url');
}

/**
 * A cursor that came back; null when it is none of ours. It opens nothing: what may be read is asked anew each time.
 *
 * @param collections those that it may name
 */
export function readCursor(text: string, collections: readonly string[]): PageCursor | null {
  const parsed = schema.safeParse(jsonOf(Buffer.from(text, 'base64url').toString()));
  if (!parsed.success) return null;
  const [collection, path] = parsed.data;
  const parts = path.split('/');
  const isPath =
    parts.length % 2 === 0 && parts.every((part) => part !== '' && !/^(\.{1,2}|__.*__)$/.test(part));
  return isPath && collectionOf(path) === collection && collections.includes(collection)
    ? { collection, path }
    : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import { type CollectionReference, type Firestore } from 'firebase-admin/firestore';
import { lineOf } from './lineOf';

/** All that a project holds, ids and all, a line for each document; whatever lies below a document too. */
export async function dumpOf(db: Firestore): Promise<string[]> {
  const lines: string[] = [];
  const collections: CollectionReference[] = await db.listCollections();
  for (let next = collections.pop(); next !== undefined; next = collections.pop()) {
    // Also those that are gone and have something below them.
    const refs = await next.listDocuments();
    const documents = refs.length === 0 ? [] : await db.getAll(...refs);
    for (const document of documents) lines.push(lineOf(document.ref.path, document.data()));
    const below = await Promise.all(refs.map((ref) => ref.listCollections()));
    collections.push(...below.flat());
  }
  return lines;
}

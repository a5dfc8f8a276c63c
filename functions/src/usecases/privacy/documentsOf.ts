import { type DocumentReference, type DocumentSnapshot, type Query } from 'firebase-admin/firestore';

/** Documents read in one round trip. Each may hold a mebibyte, and an instance has 512. */
const PAGE = 50;

/** All documents that a query in the order of ids finds, page by page, behind this path if there is one. */
export async function* documentsOf(
  query: Query,
  after: string | null = null,
): AsyncGenerator<DocumentSnapshot> {
  let last: DocumentSnapshot | DocumentReference | null = after === null ? null : query.firestore.doc(after);
  for (;;) {
    const limited = query.limit(PAGE);
    const { docs } = await (last === null ? limited : limited.startAfter(last)).get();
    yield* docs;
    last = docs.at(-1) ?? null;
    if (docs.length < PAGE) return;
  }
}

import { type DocumentData } from 'firebase-admin/firestore';
import { fieldsOf, messageType, pathOf, toPlain, type WireDocument } from '../wire/protos';
import { type Upstream } from '../wire/upstream';

const requestType = messageType('RunQueryRequest');
const answerType = messageType('RunQueryResponse');

/** Every document of a project, by its path; instants as dates. A query that names no collection finds all. */
export async function everyDocument(
  upstream: Upstream,
  projectId: string,
): Promise<Map<string, DocumentData>> {
  const request = requestType.encode({
    parent: `projects/${projectId}/databases/(default)/documents`,
    structuredQuery: { from: [{ allDescendants: true }] },
  });
  const { messages, headers, trailers } = await upstream.send('RunQuery', Buffer.from(request.finish()));
  const status = trailers['grpc-status'] ?? headers['grpc-status'];
  if (status !== '0') throw new Error(`the documents could not be read: ${String(status)}`);
  const found = new Map<string, DocumentData>();
  for (const message of messages) {
    const { document } = toPlain(answerType, message) as { document?: WireDocument };
    if (document !== undefined) found.set(pathOf(document.name), fieldsOf(document));
  }
  return found;
}

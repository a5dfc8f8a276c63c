/** gRPC codes by which Firestore says that a document was not as the commit required. */
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const FAILED_PRECONDITION = 9;
const ABORTED = 10;

/**
 * Whether a commit was refused because somebody else wrote first: read again and decide anew. Also what the client
 * library sees when it repeats a commit whose answer was lost, which is why the next read must look for its own claim.
 */
export function isConflict(thrown: unknown): boolean {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return code === NOT_FOUND || code === ALREADY_EXISTS || code === FAILED_PRECONDITION || code === ABORTED;
}

/** gRPC codes by which Firestore says that a document was not as the commit required. */
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const FAILED_PRECONDITION = 9;
const ABORTED = 10;
const INVALID_ARGUMENT = 3;

/** How Firestore calls a transaction that was committed before, or that it gave up; the emulator, and the real one. */
const TRANSACTION_IS_OVER = /transaction.*(closed|expired|no longer valid)/i;

/**
 * Whether a commit was refused because somebody else wrote first: read again and decide anew. Also what the client
 * library sees when it repeats a commit whose answer was lost, which is why the next read must look for its own claim.
 * A repeated commit of a transaction is refused for the transaction's sake: it is over, by its own first commit.
 */
export function isConflict(thrown: unknown): boolean {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  if (code === INVALID_ARGUMENT) return thrown instanceof Error && TRANSACTION_IS_OVER.test(thrown.message);
  return code === NOT_FOUND || code === ALREADY_EXISTS || code === FAILED_PRECONDITION || code === ABORTED;
}

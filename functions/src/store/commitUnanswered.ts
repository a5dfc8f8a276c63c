import { TransientFailure } from '../platform/errors';

/** gRPC codes that leave it open whether a commit was made: cancelled, unknown, deadline, internal, unavailable. */
const LEAVE_IT_OPEN: readonly unknown[] = [1, 2, 4, 13, 14];

/** A commit that ended with an error and may have been made all the same: only a new read can tell. */
export class CommitUnanswered extends TransientFailure {
  constructor(cause: unknown) {
    super('unanswered', 'It is not known whether it was stored.', { cause });
  }
}

/** The error of a commit: as it was thrown, or as CommitUnanswered if that is what it means. */
export function commitError(thrown: unknown): unknown {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return LEAVE_IT_OPEN.includes(code) ? new CommitUnanswered(thrown) : thrown;
}

/** A row of `data_deletion_requests`, which nobody changes or deletes. `done`: what need not be kept is erased. */
export interface DeletionRow {
  readonly event: 'requested' | 'withdrawn' | 'account_closed' | 'done';
  readonly by: 'user' | 'clerk' | 'job';
  /** When the request that it belongs to was made: part of its id. */
  readonly requestedAt: Date;
  /** When the account is closed, if nobody stops it. */
  readonly closesAt: Date | null;
}

/** What is to be written about an account, in one commit. */
export interface AccountChange {
  readonly outcome: string;
  /** Of `users/{uid}`; null: nothing changes. */
  readonly fields: Readonly<Record<string, unknown>> | null;
  readonly deletion?: DeletionRow;
}

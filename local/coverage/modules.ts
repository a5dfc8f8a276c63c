const usecases = 'functions/src/usecases';

/** What is held to 95 %, by the names of its files. A folder ends with a slash. */
export const MODULES = {
  'domain/': ['functions/src/domain/'],
  // Each event once: the claim, the commit that carries it, and what is done when its answer is lost.
  claim: [
    'functions/src/store/claim.ts',
    'functions/src/store/unitOfWork.ts',
    'functions/src/store/retryConflicts.ts',
    'functions/src/store/commitUnanswered.ts',
    'functions/src/store/isConflict.ts',
    `${usecases}/receiveEvent.ts`,
  ],
  lease: ['functions/src/store/lease.ts', `${usecases}/runLeasedJob.ts`, `${usecases}/admin/releaseLease.ts`],
  // From a message that is written down to one that is settled.
  outbox: [
    'functions/src/domain/messages/outboxItem.ts',
    'functions/src/domain/messages/outboxRow.ts',
    `${usecases}/queueMessage.ts`,
    `${usecases}/moveOutboxItem.ts`,
    `${usecases}/recordAttempt.ts`,
    `${usecases}/admin/listOutbox.ts`,
    `${usecases}/admin/resendOutbox.ts`,
    ...[
      'claimMessage',
      'dispatchMessages',
      'eachDueMessage',
      'enqueueMessage',
      'giveUpUnknown',
      'releaseStuckSends',
      'resolveUnknown',
      'sendMessage',
      'settleMessage',
      'transmit',
      'writeMessage',
    ].map((name) => `${usecases}/messages/${name}.ts`),
    'functions/src/scheduled/dispatchOutbox.ts',
    'functions/src/tasks/onOutboxCreated.ts',
    'functions/src/tasks/sendTask.ts',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

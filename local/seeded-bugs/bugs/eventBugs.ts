import { type SeededBug } from '../seededBug';

const CLAIM = 'functions/src/store/claim.ts';
const FAILURES = 'test/integration/failures/';

/** Of what comes in: the claim, and the record of what failed. */
export const eventBugs: readonly SeededBug[] = [
  {
    name: 'claim-outside-the-commit',
    file: CLAIM,
    find: '      crashPoint(`${event.source}.before-commit`);\n',
    replace:
      '      await claimRef.create({ attemptId, outcome: done.outcome, source: event.source });\n      crashPoint(`${event.source}.before-commit`);\n',
    suites: ['test/integration/failures/crashes'],
  },
  {
    name: 'own-claim-not-recognised-after-a-lost-answer',
    file: CLAIM,
    find: 'duplicate: claim.attemptId !== attemptId,',
    replace: 'duplicate: true,',
    suites: [`${FAILURES}lostAnswers`],
  },
  {
    name: 'replay-blocked-by-a-dead-letters-claim',
    file: 'functions/src/usecases/recordFailure.ts',
    find: "    crashPoint('failure.before-commit');\n",
    replace:
      "    if (decision.kind !== 'note' && decision.row.status === 'dead_letter')\n      unit.create(claimRef, { ...event, attemptId: 'none', outcome: 'dead_letter' });\n    crashPoint('failure.before-commit');\n",
    suites: [`${FAILURES}deadLetters`],
  },
  {
    name: 'dead-letter-that-expires',
    file: 'functions/src/usecases/recordFailure.ts',
    find: '        receivedAt,\n        createdAt: now,',
    replace: '        receivedAt,\n        expiresAt: new Date(now.getTime() + 1),\n        createdAt: now,',
    suites: [`${FAILURES}deadLetters`, `${FAILURES}transient`],
  },
  {
    name: 'live-failure-touches-a-row-under-lease',
    file: 'functions/src/domain/webhooks/decideFailure.ts',
    find: "if (existing.status !== 'pending_retry' || failure.retryable) return { kind: 'note' };",
    replace:
      "if (failure.retryable) return { kind: 'change', row: afterFailure(1, failure, now, fraction) };",
    suites: [FAILURES],
  },
  {
    name: 'recorded-although-applied',
    file: 'functions/src/usecases/recordFailure.ts',
    find: "    if (unit.snapshot(claimRef).exists) return { status: 'processed' as const, attempts: 0 };\n",
    replace: '',
    suites: [FAILURES, 'test/integration/messages/inbound/failures'],
  },
  {
    name: 'attempt-counted-when-it-fails',
    file: 'functions/src/usecases/retryFailedWebhook.ts',
    find: 'attempts: row.attempts + 1,',
    replace: 'attempts: row.attempts,',
    suites: ['test/integration/jobs/killedRunners', 'test/integration/jobs/backoff'],
  },
  {
    name: 'retry-ignores-a-running-lease',
    file: 'functions/src/usecases/retryFailedWebhook.ts',
    find: 'if (row.leaseUntil != null && row.leaseUntil > unit.readTime) return null;',
    replace: '',
    suites: ['test/integration/jobs/twoRunners', 'test/integration/jobs/killedRunners'],
  },
  {
    name: 'retry-settles-what-another-has-taken-over',
    file: 'functions/src/usecases/retryFailedWebhook.ts',
    find: 'const fields = row?.leaseOwner === owner ? change(unit) : null;',
    replace:
      'const fields = row?.leaseOwner === owner || row?.status === "resolved" ? { status: "pending_retry" } : null;',
    suites: ['test/integration/jobs/retries', 'test/integration/jobs/twoRunners'],
  },
  {
    name: 'success-leaves-the-failures-record-open',
    file: CLAIM,
    find: 'if (resolution !== null) unit.update(failedRef, resolution);',
    replace: '',
    suites: ['test/integration/jobs/retries', `${FAILURES}transient`],
  },
  {
    name: 'no-delay-between-retries',
    file: 'functions/src/domain/webhooks/retryPolicy.ts',
    find: 'Math.min(attempts - 1, 6)',
    replace: 'Math.min(attempts - 1, 0)',
    suites: ['test/integration/jobs/backoff', 'test/unit/domain/failures'],
  },
  {
    name: 'answered-200-when-nothing-was-recorded',
    file: 'functions/src/usecases/receiveEvent.ts',
    find: '      log.webhookNotRecorded({ ...event, cause });\n      throw error;\n',
    replace: "      log.webhookNotRecorded({ ...event, cause });\n      return 'processed' as const;\n",
    suites: [`${FAILURES}storeAway`, `${FAILURES}transient`],
  },
  {
    name: 'parsed-body-instead-of-raw-bytes',
    file: 'functions/src/webhooks/rawBodyOf.ts',
    find: 'request.rawBody',
    replace: 'Buffer.from(JSON.stringify(request.body))',
    suites: ['test/integration/input/'],
  },
];

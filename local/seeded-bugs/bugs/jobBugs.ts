import { type SeededBug } from '../seededBug';

const LEASE = 'functions/src/store/lease.ts';
const RUNNER = 'functions/src/usecases/runLeasedJob.ts';
const JOBS = 'test/integration/jobs/';

/** Of leases and the jobs that run under them. */
export const jobBugs: readonly SeededBug[] = [
  {
    name: 'no-token-check',
    file: LEASE,
    find: 'batch.update(this.ref, fields, { lastUpdateTime: this.held.updateTime });',
    replace: 'batch.update(this.ref, fields);',
    suites: [`${JOBS}lease`, `${JOBS}paused`],
  },
  {
    name: 'lease-by-the-instances-clock',
    file: LEASE,
    find: 'if (current?.owner != null && current.expiresAt > unit.readTime) return null;',
    replace: 'if (current?.owner != null && current.expiresAt > new Date(Date.now() + 300_000)) return null;',
    suites: [`${JOBS}lease`, `${JOBS}ticks`],
  },
  {
    name: 'token-that-stays',
    file: LEASE,
    find: 'const token = (current?.token ?? 0) + 1;',
    replace: 'const token = current?.token ?? 1;',
    suites: [`${JOBS}lease`, `${JOBS}ticks`],
  },
  {
    name: 'lease-without-heartbeat',
    file: LEASE,
    find: 'this.inTurn(() => this.commit([], { release: false })).catch(() => undefined);',
    replace: 'this.lastSignOfLife = monotonicMs();',
    suites: [`${JOBS}lease`],
  },
  {
    name: 'taken-lease-is-taken-back',
    file: LEASE,
    find: 'current?.owner !== this.owner ||',
    replace: 'current === null ||',
    suites: [`${JOBS}lease`, `${JOBS}paused`],
  },
  {
    name: 'unfinished-run-skipped',
    file: RUNNER,
    find: 'if (old.scheduleTime !== scheduleTime) await runOne(',
    replace: 'if (old.scheduleTime === "never") await runOne(',
    suites: [`${JOBS}ticks`, `${JOBS}runs`],
  },
  {
    name: 'finished-run-done-again',
    file: RUNNER,
    find: 'if (decode(cronRunSchema, await ref.get())?.finishedAt != null) {',
    replace: 'if (decode(cronRunSchema, await ref.get())?.jobName === "none") {',
    suites: [`${JOBS}ticks`, `${JOBS}twoRunners`],
  },
  {
    name: 'tick-delivered-twice-is-run-twice',
    file: RUNNER,
    find: 'if (current?.finishedAt == null) await runOne(',
    replace: 'await runOne(',
    suites: [`${JOBS}runs`],
  },
  {
    name: 'run-begins-anew-instead-of-at-its-cursor',
    file: RUNNER,
    find: 'cursor: earlier?.cursor ?? null,',
    replace: 'cursor: null,',
    suites: [`${JOBS}runs`],
  },
  {
    name: 'store-that-is-down-counts-as-held',
    file: RUNNER,
    find: '    log.leaseStoreDown({ jobName, cause: error });\n    throw error;\n',
    replace: '    log.leaseStoreDown({ jobName, cause: error });\n    return;\n',
    suites: [`${JOBS}ticks`],
  },
  {
    name: 'purge-leaves-what-lies-below',
    file: 'functions/src/usecases/privacy/deleteRow.ts',
    find: 'for (const ref of below) batch.delete(ref);',
    replace: '',
    suites: [`${JOBS}maintainQueues`],
  },
  {
    name: 'recurring-number-taken-twice',
    file: 'functions/src/usecases/recurring/makePeriod.ts',
    find: 'unit.save(sequenceRef, { freelancerId, last: number, updatedAt: now });',
    replace: 'unit.save(sequenceRef, { freelancerId, last: 1, updatedAt: now });',
    suites: [`${JOBS}processRecurringInvoices`],
  },
  {
    name: 'recurring-invoice-made-again',
    file: 'functions/src/usecases/recurring/makePeriod.ts',
    find: 'if (unit.snapshot(historyRef).exists || unit.snapshot(invoiceRef).exists) {',
    replace: 'if (unit.snapshot(invoiceRef).exists) {',
    suites: [`${JOBS}processRecurringInvoices`],
  },
  {
    name: 'courtesy-marker-lost-on-expiry',
    file: 'functions/src/usecases/courtesy/queueCourtesyNote.ts',
    find: 'courtesySent: [...(escalation?.courtesySent ?? []), note],',
    replace: 'courtesySent: [],',
    suites: [`${JOBS}processEmailSequence`],
  },
];

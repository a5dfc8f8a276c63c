import { JOBS } from '../../local/jobs/jobs';
import * as deployed from '../../functions/src/index';

const LONDON = 'Europe/London';

/** The contract's table: schedule, and how often Cloud Scheduler tries a run that failed again. */
test.each([
  ['process-email-sequence', '0 * * * *', undefined],
  ['maintain-queues', '0 * * * *', undefined],
  ['close-accounts', '0 * * * *', undefined],
  ['process-recurring-invoices', '5 0 * * *', 3],
  ['send-behavioral-emails', '0 10 * * *', 3],
  ['reset-monthly-usage', '0 0 1 * *', 3],
])('%s runs at "%s" in London', (jobName, schedule, retryCount) => {
  const name = JOBS[jobName] as keyof typeof deployed;
  const { scheduleTrigger, timeoutSeconds } = deployed[name].__endpoint;
  expect(scheduleTrigger).toMatchObject({ schedule, timeZone: LONDON });
  if (retryCount === undefined)
    expect(scheduleTrigger?.retryConfig?.retryCount).not.toEqual(expect.any(Number));
  else {
    expect(scheduleTrigger?.retryConfig?.retryCount).toBe(retryCount);
    // A run that was killed holds its lease of 600 s: a retry that comes sooner is told "already running", and is the last.
    expect(scheduleTrigger?.retryConfig?.minBackoffSeconds).toBeGreaterThan(600);
  }
  expect(timeoutSeconds).toBeLessThanOrEqual(1800);
});

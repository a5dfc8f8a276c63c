import * as z from 'zod';

/** `cron_runs/{jobName_scheduleTime}`: one run of a scheduled job. */
export const cronRunSchema = z.object({
  jobName: z.string(),
  startedAt: z.date(),
  finishedAt: z.date().nullable(),
  scheduleTime: z.string(),
  counts: z.record(z.string(), z.number()).default({}),
  /** Where an unfinished run goes on; its form is the job's own. */
  cursor: z.string().nullable().default(null),
});

export type CronRun = z.infer<typeof cronRunSchema>;

/** The id of a run: the scheduler may deliver one tick twice, and both must be the same run. */
export function cronRunId(jobName: string, scheduleTime: string): string {
  return `${jobName}_${scheduleTime}`;
}

import { type DocumentSnapshot } from 'firebase-admin/firestore';
import { atOnce } from '../../platform/atOnce';
import { asRecoupError } from '../../platform/errors';
import { log } from '../../platform/log';
import { type JobRun } from '../runLeasedJob';

/** How a walk through rows ended. */
export interface RowWalk {
  /** False: the lease is lost or the time is used up, and there may be more rows. */
  readonly ended: boolean;
  /** Rows whose work threw. */
  readonly failed: number;
}

/** Rows looked after together. */
const GROUP = 40;
const AT_ONCE = 8;

/**
 * Does `work` for every row and counts what it says. One that throws is left, and holds up none of the others.
 *
 * @param afterGroup after each group of rows, all of which were looked after
 */
export async function eachRow(
  run: Pick<JobRun, 'counts' | 'signal' | 'outOfTime'>,
  rows: AsyncIterable<DocumentSnapshot>,
  work: (row: DocumentSnapshot) => Promise<string>,
  {
    jobName,
    afterGroup,
  }: {
    readonly jobName: string;
    readonly afterGroup?: (last: DocumentSnapshot) => Promise<void>;
  },
): Promise<RowWalk> {
  let failed = 0;
  const lookAfter = async (group: readonly DocumentSnapshot[]): Promise<void> => {
    await atOnce(AT_ONCE, group, async (row) => {
      const outcome = await work(row).catch((thrown: unknown) => {
        failed += 1;
        const { code } = asRecoupError(thrown);
        log.jobItemLeft({ jobName, itemId: row.id, code, cause: thrown });
        return 'failed';
      });
      run.counts[outcome] = (run.counts[outcome] ?? 0) + 1;
    });
    const last = group.at(-1);
    if (last !== undefined && failed === 0) await afterGroup?.(last);
  };
  let group: DocumentSnapshot[] = [];
  for await (const row of rows) {
    group.push(row);
    if (group.length < GROUP) continue;
    if (run.signal.aborted || run.outOfTime()) return { ended: false, failed };
    await lookAfter(group);
    group = [];
  }
  if (group.length > 0 && (run.signal.aborted || run.outOfTime())) return { ended: false, failed };
  await lookAfter(group);
  return { ended: true, failed };
}

import { type VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import { isLate } from '../domain/jobs';
import { duration, spoken } from '../domain/words';
import { useAct } from '../hooks/useAct';
import { useConsole } from '../hooks/useConsole';
import { useLive } from '../hooks/useLive';
import { useNow } from '../hooks/useNow';
import { Badge } from '../parts/Badge';
import { Fact } from '../parts/Fact';
import { Instant } from '../parts/Instant';
import { ReasonDialog } from '../parts/ReasonDialog';
import { Waiting } from '../parts/Waiting';
import { queries } from '../store/queries';
import { type Lease, rows, type Run } from '../store/rows';

interface JobItemProps {
  readonly name: string;
  readonly everyMinutes: number;
  readonly lease: Lease | null;
}

/** One job. */
export function JobItem({ name, everyMinutes, lease }: JobItemProps): VNode {
  const { db, calls } = useConsole();
  const act = useAct();
  const now = useNow();
  const title = useId();
  const [releasing, setReleasing] = useState(false);
  const live = useLive(name, () => queries.runs(db, name, 1), rows.run);
  const run = live.state === 'ready' ? live.value[0] : undefined;
  const holder = lease?.owner ?? null;
  const release = async (reason: string): Promise<string> => {
    const { released } = await calls.releaseLease({ jobName: name, reason });
    return released ? `${name}: its lease was released` : `${name}: nobody held its lease any more`;
  };
  return (
    <li class="row" aria-labelledby={title}>
      <div class="row-head">
        <h2 id={title}>
          {name} <span class="quiet">every {duration(everyMinutes * 60_000)}</span>
        </h2>
        <span>
          {run?.startedAt != null && isLate(everyMinutes, run.startedAt, now) && (
            <span class="badge warn">late</span>
          )}{' '}
          <Badge status={stateOf(lease, now)} />
        </span>
      </div>
      <dl class="facts">
        {lease !== null && <Fact name="Token">{lease.token}</Fact>}
        {holder !== null && (
          <Fact name="Heartbeat">
            <Instant at={lease?.heartbeatAt ?? null} now={now} />
          </Fact>
        )}
        {run !== undefined && <RunFacts run={run} now={now} />}
      </dl>
      <Waiting live={live} what="its last run">
        {(found) => found.length === 0 && <p class="quiet">It has not run yet.</p>}
      </Waiting>
      {holder !== null && (
        <div class="actions">
          <button type="button" disabled={act.busy} onClick={() => setReleasing(true)}>
            Release the lease …
          </button>
        </div>
      )}
      {releasing && (
        <ReasonDialog
          title={`Release the lease of ${name}`}
          verb="Release"
          onReason={(reason) => act.run(() => release(reason))}
          onClose={() => setReleasing(false)}
        />
      )}
    </li>
  );
}

function RunFacts({ run, now }: { readonly run: Run; readonly now: Date }): VNode {
  const { startedAt, finishedAt, outcome, counts, error } = run;
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  return (
    <>
      <Fact name="Last run">
        <Instant at={startedAt} now={now} />
      </Fact>
      <Fact name="Outcome">
        {spoken(outcome)}
        {startedAt !== null &&
          finishedAt !== null &&
          ` in ${duration(finishedAt.getTime() - startedAt.getTime())}`}
      </Fact>
      {told.length > 0 && (
        <Fact name="Counts">{told.map(([name, count]) => `${spoken(name)} ${count}`).join(', ')}</Fact>
      )}
      {error !== null && (
        <Fact name="Error">{typeof error === 'string' ? error : JSON.stringify(error)}</Fact>
      )}
    </>
  );
}

/** By this machine's clock: a lease that ran out a second ago may still look held. */
function stateOf(lease: Lease | null, now: Date): string {
  if (lease === null) return 'never ran';
  if (lease.owner === null) return 'free';
  return lease.expiresAt !== null && lease.expiresAt > now ? 'running' : 'lease ran out';
}

import { type VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import { spoken } from '../domain/words';
import { useAct } from '../hooks/useAct';
import { useConsole } from '../hooks/useConsole';
import { useNow } from '../hooks/useNow';
import { Badge } from '../parts/Badge';
import { Instant } from '../parts/Instant';
import { ReasonDialog } from '../parts/ReasonDialog';
import { type Failure } from '../store/rows';

/** One failed event. */
export function FailureItem({ failure }: { readonly failure: Failure }): VNode {
  const { calls } = useConsole();
  const act = useAct();
  const now = useNow();
  const title = useId();
  const [discarding, setDiscarding] = useState(false);
  const { id, source, eventType, status, attempts, maxAttempts, lastError, createdAt, nextRetryAt } = failure;
  const isOpen = status !== 'resolved';

  const replay = async (): Promise<string> => {
    const { outcome, code } = await calls.replayFailedWebhook({ id });
    return `${eventType}: ${spoken(outcome)}${code === null ? '' : ` (${spoken(code)})`}`;
  };
  const discard = async (reason: string): Promise<string> => {
    await calls.discardFailedWebhook({ id, reason });
    return `${eventType}: discarded`;
  };

  return (
    <li class="row" aria-labelledby={title}>
      <div class="row-head">
        <h2 id={title}>
          <span class="quiet">{source}</span> {eventType}
        </h2>
        <Badge status={status} />
      </div>
      <p class="error-line">
        <strong>{lastError?.code ?? 'no error is noted'}</strong> {lastError?.message}
      </p>
      <dl class="facts">
        <div>
          <dt>Attempts</dt>
          <dd>
            {attempts} of {maxAttempts}
          </dd>
        </div>
        <div>
          <dt>First failed</dt>
          <dd>
            <Instant at={createdAt} now={now} />
          </dd>
        </div>
        {nextRetryAt !== null && (
          <div>
            <dt>Next retry</dt>
            <dd>
              <Instant at={nextRetryAt} now={now} />
            </dd>
          </div>
        )}
        {failure.discardReason !== null && (
          <div>
            <dt>Discarded because</dt>
            <dd>{failure.discardReason}</dd>
          </div>
        )}
        <div>
          <dt>Record</dt>
          <dd>
            <code>{id}</code>
          </dd>
        </div>
      </dl>
      {isOpen && (
        <div class="actions">
          <button type="button" class="strong" disabled={act.busy} onClick={() => act.run(replay)}>
            {act.busy ? 'Working …' : 'Replay'}
          </button>
          {status !== 'discarded' && (
            <button type="button" disabled={act.busy} onClick={() => setDiscarding(true)}>
              Discard …
            </button>
          )}
        </div>
      )}
      {discarding && (
        <ReasonDialog
          title={`Discard ${eventType}`}
          verb="Discard"
          onReason={(reason) => act.run(() => discard(reason))}
          onClose={() => setDiscarding(false)}
        />
      )}
    </li>
  );
}

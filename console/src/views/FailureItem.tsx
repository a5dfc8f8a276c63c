import { type VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import { spoken } from '../domain/words';
import { useAct } from '../hooks/useAct';
import { useConsole } from '../hooks/useConsole';
import { useNow } from '../hooks/useNow';
import { Badge } from '../parts/Badge';
import { Fact } from '../parts/Fact';
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
        <Fact name="Attempts">
          {attempts} of {maxAttempts}
        </Fact>
        <Fact name="First failed">
          <Instant at={createdAt} now={now} />
        </Fact>
        {nextRetryAt !== null && (
          <Fact name="Next retry">
            <Instant at={nextRetryAt} now={now} />
          </Fact>
        )}
        {failure.discardReason !== null && <Fact name="Discarded because">{failure.discardReason}</Fact>}
        <Fact name="Record">
          <code>{id}</code>
        </Fact>
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

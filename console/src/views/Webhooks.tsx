import { type VNode } from 'preact';
import { useState } from 'preact/hooks';
import { hashOf } from '../domain/route';
import { spoken } from '../domain/words';
import { useConsole } from '../hooks/useConsole';
import { useLive } from '../hooks/useLive';
import { Waiting } from '../parts/Waiting';
import { OPEN_FAILURES, queries } from '../store/queries';
import { type Failure, rows } from '../store/rows';
import { FailureItem } from './FailureItem';

const FILTERS = ['open', 'pending_retry', 'retrying', 'dead_letter', 'resolved', 'discarded'];
const PAGE = 50;

/** Failed events, live: what went wrong, and what can be done about it. */
export function Webhooks({ detail }: { readonly detail: string }): VNode {
  const { db } = useConsole();
  const filter = FILTERS.includes(detail) ? detail : 'open';
  const [most, setMost] = useState(PAGE);
  const [text, setText] = useState('');
  const statuses = filter === 'open' ? OPEN_FAILURES : [filter];
  const live = useLive(`${filter} ${most}`, () => queries.failedWebhooks(db, statuses, most), rows.failure);
  return (
    <section aria-labelledby="webhooks-title">
      <h1 id="webhooks-title">Failed webhooks</h1>
      <div class="filters">
        <label>
          Status
          <select
            value={filter}
            onChange={(event) => {
              setMost(PAGE);
              location.hash = hashOf('webhooks', event.currentTarget.value);
            }}
          >
            {FILTERS.map((one) => (
              <option key={one} value={one}>
                {spoken(one)}
              </option>
            ))}
          </select>
        </label>
        <label>
          Source, type, id or error
          <input type="search" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
      </div>
      <Waiting live={live} what="the failed webhooks">
        {(failures) => (
          <>
            <FailureList shown={failures.filter((one) => fits(one, text))} of={failures.length} />
            {failures.length === most && (
              <button type="button" onClick={() => setMost(most + PAGE)}>
                Show more
              </button>
            )}
          </>
        )}
      </Waiting>
    </section>
  );
}

function FailureList({ shown, of }: { readonly shown: readonly Failure[]; readonly of: number }): VNode {
  if (of === 0) return <p class="empty">Nothing here: no event has failed.</p>;
  if (shown.length === 0) return <p class="empty">None of {of} fits.</p>;
  return (
    <ul class="rows" aria-label="Failed webhooks">
      {shown.map((failure) => (
        <FailureItem key={failure.id} failure={failure} />
      ))}
    </ul>
  );
}

function fits({ id, eventType, lastError }: Failure, text: string): boolean {
  const all = [id, eventType, lastError?.code ?? '', lastError?.message ?? ''].join(' ').toLowerCase();
  return all.includes(text.trim().toLowerCase());
}

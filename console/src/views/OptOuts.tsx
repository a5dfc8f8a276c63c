import { type VNode } from 'preact';
import { useState } from 'preact/hooks';
import { spoken } from '../domain/words';
import { useAsked } from '../hooks/useAsked';
import { useConsole } from '../hooks/useConsole';
import { useNow } from '../hooks/useNow';
import { Badge } from '../parts/Badge';
import { Instant } from '../parts/Instant';
import { Waiting } from '../parts/Waiting';
import { type OptOut } from '../store/calls';

/** Whether a number may be texted. It stays in the field: neither the address nor the answer holds it. */
export function OptOuts(): VNode {
  const { calls } = useConsole();
  const [phone, setPhone] = useState('');
  const [asked, setAsked] = useState<{ phone: string; n: number } | null>(null);
  const live = useAsked(asked === null ? null : `${asked.phone} ${asked.n}`, () =>
    calls.lookupOptOut({ phone: asked?.phone ?? '' }),
  );
  return (
    <section aria-labelledby="opt-outs-title">
      <h1 id="opt-outs-title">Opt-outs</h1>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked({ phone: phone.replaceAll(/[\s()-]/g, ''), n: (asked?.n ?? 0) + 1 });
        }}
      >
        <label>
          Number, such as +44 7700 900123
          <input
            type="tel"
            required
            autocomplete="off"
            value={phone}
            onInput={(event) => setPhone(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="strong">
          Look up
        </button>
      </form>
      {live === null ? (
        <p class="empty">Each look-up stands in the audit log, with a keyed hash of the number.</p>
      ) : (
        <Waiting live={live} what="what the number has said">
          {(optOut) => <Said {...optOut} />}
        </Waiting>
      )}
    </section>
  );
}

function Said({ status, history }: OptOut): VNode {
  const now = useNow();
  return (
    <div class="row">
      <div class="row-head">
        <h2>{status === 'opted_out' ? 'Must not be texted' : 'No opt-out stands against a text'}</h2>
        <Badge status={status === 'unknown' ? 'has said nothing' : status} />
      </div>
      {history.length === 0 ? (
        <p class="quiet">It has said nothing.</p>
      ) : (
        <ol class="history" aria-label="What it has said, the newest first">
          {history.map(({ id, action, method, at, applied }) => (
            <li key={id}>
              <strong>{spoken(action)}</strong> by {spoken(method)},{' '}
              <Instant at={at === null ? null : new Date(at)} now={now} />
              {!applied && ' (not applied: the opposite had been said since)'}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

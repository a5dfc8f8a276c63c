import { getCountFromServer } from 'firebase/firestore';
import { type VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { hashOf } from '../domain/route';
import { spoken } from '../domain/words';
import { useConsole } from '../hooks/useConsole';
import { useLive } from '../hooks/useLive';
import { Waiting } from '../parts/Waiting';
import { queries } from '../store/queries';
import { rows } from '../store/rows';
import { MessageItem } from './MessageItem';

const STATUSES = ['pending', 'sending', 'unknown', 'failed', 'suppressed', 'cancelled', 'sent', 'delivered'];
const PAGE = 50;
const COUNT_EVERY_MS = 10_000;

/** The outbox by state, without addresses and words. */
export function Messages({ detail }: { readonly detail: string }): VNode {
  const { db } = useConsole();
  const status = STATUSES.includes(detail) ? detail : 'pending';
  const [most, setMost] = useState(PAGE);
  const live = useLive(`${status} ${most}`, () => queries.messages(db, status, most), rows.message);
  // What is listed has changed: so have the counts.
  const counts = useCounts(live.state === 'ready' ? live.value.length : 0);
  return (
    <section aria-labelledby="messages-title">
      <h1 id="messages-title">Messages</h1>
      <nav class="states" aria-label="States">
        {STATUSES.map((one) => (
          <a
            key={one}
            href={hashOf('messages', one)}
            aria-current={one === status ? 'page' : undefined}
            onClick={() => setMost(PAGE)}
          >
            {spoken(one)} <strong>{counts[one] ?? '…'}</strong>
          </a>
        ))}
      </nav>
      <Waiting live={live} what="the messages">
        {(messages) =>
          messages.length === 0 ? (
            <p class="empty">No message is {spoken(status)}.</p>
          ) : (
            <>
              <ul class="rows" aria-label={`Messages: ${spoken(status)}`}>
                {messages.map((message) => (
                  <MessageItem key={message.id} message={message} />
                ))}
              </ul>
              {messages.length === most && (
                <button type="button" onClick={() => setMost(most + PAGE)}>
                  Show more
                </button>
              )}
            </>
          )
        }
      </Waiting>
    </section>
  );
}

/** How many there are in each state; a question mark where it could not be counted. */
function useCounts(changed: number): Readonly<Record<string, number | string>> {
  const { db } = useConsole();
  const [counts, setCounts] = useState<Record<string, number | string>>({});
  useEffect(() => {
    let over = false;
    const count = async (status: string): Promise<void> => {
      const found = await getCountFromServer(queries.messagesIn(db, status)).then(
        (answer) => answer.data().count,
        () => '?',
      );
      if (!over) setCounts((before) => ({ ...before, [status]: found }));
    };
    const all = (): void => {
      if (document.visibilityState === 'visible') for (const status of STATUSES) void count(status);
    };
    all();
    const timer = setInterval(all, COUNT_EVERY_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [db, changed]);
  return counts;
}

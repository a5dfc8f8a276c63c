import { signOut } from 'firebase/auth';
import { type VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { hashOf, type Page, type Route } from '../domain/route';
import { ConsoleContext } from '../hooks/useConsole';
import { type QueueWatch, useQueueSamples } from '../hooks/useQueueSamples';
import { useOnline } from '../hooks/useOnline';
import { useRoute } from '../hooks/useRoute';
import { callsOf } from '../store/calls';
import { type Connection } from '../store/connect';
import { Invoice } from './Invoice';
import { Jobs } from './Jobs';
import { Messages } from './Messages';
import { OptOuts } from './OptOuts';
import { Queues } from './Queues';
import { Webhooks } from './Webhooks';

const NAMES: Readonly<Record<Page, string>> = {
  queues: 'Queues',
  webhooks: 'Failed webhooks',
  messages: 'Messages',
  jobs: 'Jobs',
  invoice: 'Invoice',
  'opt-outs': 'Opt-outs',
};

/** What an admin sees: the pages, and what came of the last thing that was done. */
export function Desk({ auth, db, functions, project, signInAsSample }: Connection): VNode {
  const route = useRoute();
  const online = useOnline();
  const watch = useQueueSamples(db);
  const [said, setSaid] = useState('');
  const console = useMemo(
    () => ({ db, project, calls: callsOf(functions), say: setSaid }),
    [db, project, functions],
  );
  return (
    <ConsoleContext.Provider value={console}>
      <a class="skip" href="#main" onClick={focusMain}>
        To the content
      </a>
      <header>
        <p class="brand">
          Recoup operators <span class="badge plain">{signInAsSample === null ? project : 'local'}</span>
        </p>
        <nav aria-label="Pages">
          {entries(NAMES).map(([page, name]) => (
            <a key={page} href={hashOf(page)} aria-current={page === route.page ? 'page' : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <button type="button" onClick={() => void signOut(auth)}>
          Sign out
        </button>
      </header>
      <p role="status" class={said === '' ? 'said nothing' : 'said'}>
        {said}
      </p>
      <main id="main" tabIndex={-1}>
        {!online && (
          <p class="trouble" role="alert">
            There is no network: what you see may be old.
          </p>
        )}
        <View {...route} watch={watch} />
      </main>
    </ConsoleContext.Provider>
  );
}

function View({ page, detail, watch }: Route & { readonly watch: QueueWatch }): VNode {
  switch (page) {
    case 'queues':
      return <Queues watch={watch} />;
    case 'webhooks':
      return <Webhooks detail={detail} />;
    case 'messages':
      return <Messages detail={detail} />;
    case 'jobs':
      return <Jobs />;
    case 'invoice':
      return <Invoice detail={detail} />;
    case 'opt-outs':
      return <OptOuts />;
  }
}

/** The address holds the page's name: a link within the page must not replace it. */
function focusMain(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function entries<K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(record) as [K, V][];
}

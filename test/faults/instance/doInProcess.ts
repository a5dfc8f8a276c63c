import { type Firestore } from 'firebase-admin/firestore';
import { type Code } from './code';
import { type Deed } from './deed';
import { fakeExchange } from './fakeExchange';
import { webhookRequest } from './webhookRequest';

/**
 * What whoever asked was told: it is done; it can not be done, now or ever; or it is to be tried again. Nobody was told
 * anything when the process died first.
 */
export type Outcome = 'done' | 'refused' | 'again' | 'lost';

const COLLECTIONS = {
  onOutboxCreated: 'outbox',
  onCheckoutExpiryCreated: 'checkout_expiries',
} as const;

const handled = (name: string): string => `handle${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/**
 * Does a deed with the handlers behind the deployed exports.
 *
 * @param outside reads what a trigger is told of
 * @param scheduleTime of a job's tick
 */
export async function doInProcess(
  code: Code,
  deed: Deed,
  outside: Firestore,
  scheduleTime: string,
): Promise<Exclude<Outcome, 'lost'>> {
  switch (deed.do) {
    case 'deliver': {
      const exchange = fakeExchange(webhookRequest(deed));
      const handle = code.handler(`webhooks/${deed.to}`, handled(deed.to));
      await handle(exchange.request, exchange.response);
      return outcomeOfStatus(exchange.status());
    }
    case 'unsubscribe': {
      const exchange = fakeExchange({ url: `/u?t=${deed.token}`, headers: {}, body: '' });
      await code.handler('pages/unsubscribe', 'handleUnsubscribe')(exchange.request, exchange.response);
      return outcomeOfStatus(exchange.status());
    }
    case 'tick':
      return attempt(() =>
        code.handler(`scheduled/${deed.job}`, handled(deed.job))({ scheduleTime, jobName: deed.job }),
      );
    case 'task': {
      const module = deed.queue === 'escalatePage' ? 'tasks/escalatePage' : 'tasks/sendTask';
      const name = deed.queue === 'escalatePage' ? 'handleEscalatePage' : 'handleSendTask';
      return attempt(() =>
        code.handler(module, name)({ data: deed.data, queueName: deed.queue, retryCount: deed.retries ?? 0 }),
      );
    }
    case 'call': {
      const folder = deed.folder === undefined ? '' : `${deed.folder}/`;
      const auth = { uid: deed.uid, token: { uid: deed.uid, ...deed.claims } };
      const handle = code.handler(`callable/${folder}${deed.name}`, handled(deed.name));
      return attempt(() => handle({ data: deed.data, auth }));
    }
    case 'created': {
      const data = await outside.collection(COLLECTIONS[deed.trigger]).doc(deed.id).get();
      const handle = code.handler(`tasks/${deed.trigger}`, handled(deed.trigger.replace(/^on/, '')));
      return attempt(() => handle({ data, params: { outboxId: deed.id, sessionId: deed.id } }));
    }
  }
}

export function outcomeOfStatus(status: number | null): Exclude<Outcome, 'lost'> {
  if (status === null || status >= 500) return 'again';
  return status < 300 ? 'done' : 'refused';
}

async function attempt(work: () => Promise<unknown>): Promise<'done' | 'refused' | 'again'> {
  try {
    await work();
    return 'done';
  } catch (error) {
    // A call's own refusals have codes; of everything else the queue, the scheduler or the client tries again.
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    return typeof code === 'string' && code !== 'unavailable' && !code.includes('/') ? 'refused' : 'again';
  }
}

import { type ServedFunction, serveFunction } from '../../../local/stack/serveFunction';
import { callFunction } from '../../support/callFunction';
import { unsignedToken } from '../../support/unsignedToken';
import { type Deed } from './deed';
import { outcomeOfStatus, type Outcome } from './doInProcess';
import { webhookRequest } from './webhookRequest';

/** As the functions emulator runs a function: the library believes what a token says. */
const AUTH = { FIREBASE_DEBUG_MODE: 'true', FIREBASE_DEBUG_FEATURES: '{"skipTokenVerification":true}' };

/** What a process of its own needs to know. */
export interface Outpost {
  readonly projectId: string;
  readonly env: Readonly<Record<string, string>>;
  readonly scheduleTime: string;
}

/** The deployed export that does a deed; null for triggers, which are served in another way. */
export function exportOf(deed: Deed): string | null {
  switch (deed.do) {
    case 'deliver':
      return deed.to;
    case 'tick':
      return deed.job;
    case 'task':
      return deed.queue;
    case 'call':
      return deed.name;
    case 'unsubscribe':
      return 'unsubscribe';
    case 'created':
      return null;
  }
}

/**
 * Does a deed with the deployed export in a process of its own, which ends at a crash point if it comes by it.
 *
 * @returns what was answered, and whether the process was killed
 */
export async function doInDoomedProcess(
  target: string,
  deed: Deed,
  crashAt: string,
  { projectId, env, scheduleTime }: Outpost,
): Promise<{ readonly outcome: Outcome; readonly killed: boolean }> {
  const served = await serveFunction({
    target,
    env: { ...AUTH, ...env, GCLOUD_PROJECT: projectId, RECOUP_CRASH_AT: crashAt },
  });
  try {
    const outcome = await ask(served, deed, projectId, scheduleTime).catch(() => 'lost' as const);
    const killed = outcome === 'lost' && (await served.exited).signal === 'SIGKILL';
    return { outcome, killed };
  } finally {
    await served.stop();
  }
}

async function ask(
  { origin }: ServedFunction,
  deed: Deed,
  projectId: string,
  scheduleTime: string,
): Promise<Outcome> {
  const post = async (path: string, headers: Record<string, string>, body?: string): Promise<Outcome> => {
    const response = await fetch(origin + path, {
      method: 'POST',
      headers,
      ...(body === undefined ? {} : { body }),
    });
    await response.text();
    return outcomeOfStatus(response.status);
  };
  switch (deed.do) {
    case 'deliver': {
      const { url, headers, body } = webhookRequest(deed);
      return post(url, { ...headers }, body);
    }
    case 'unsubscribe':
      return post(`/u?t=${deed.token}`, {});
    case 'tick':
      return post('', {
        'X-CloudScheduler-JobName': deed.job,
        'X-CloudScheduler-ScheduleTime': scheduleTime,
      });
    case 'task':
      return post(
        '',
        {
          'content-type': 'application/json',
          authorization: `Bearer ${unsignedToken(projectId, 'cloud-tasks')}`,
          'x-cloudtasks-queuename': 'queue',
          'x-cloudtasks-taskname': 'task',
          'x-cloudtasks-taskretrycount': String(deed.retries ?? 0),
        },
        JSON.stringify({ data: deed.data }),
      );
    case 'call': {
      const token = unsignedToken(projectId, deed.uid, deed.claims ?? {});
      const { error } = await callFunction(origin, deed.data, token);
      if (error === null) return 'done';
      return error === 'UNAVAILABLE' || error === 'INTERNAL' ? 'again' : 'refused';
    }
    case 'created':
      throw new Error('a trigger is not served here');
  }
}

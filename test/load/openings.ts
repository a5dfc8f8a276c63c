import { setTimeout } from 'node:timers/promises';
import { type Fired } from './fire';
import { startListeners } from './listeners';

/**
 * Has these people open their invoices in the web client, `perSecond` in each second: a listener of each his own, until its
 * first snapshot.
 *
 * @returns how long each waited for it
 */
export async function openings(
  projectId: string,
  firestoreHost: string,
  uids: readonly string[],
  perSecond: number,
): Promise<Fired> {
  const began = performance.now();
  const times: number[] = [];
  let errors = 0;
  await Promise.all(
    uids.map(async (uid, n) => {
      await setTimeout((n * 1_000) / perSecond);
      const opened = performance.now();
      try {
        const listeners = await startListeners(projectId, firestoreHost, [uid]);
        times.push(performance.now() - opened);
        await listeners.stop();
      } catch {
        errors += 1;
      }
    }),
  );
  return { times, seconds: (performance.now() - began) / 1_000, errors };
}

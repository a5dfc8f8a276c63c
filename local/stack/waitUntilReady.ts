import { setTimeout as sleep } from 'node:timers/promises';
import { type BackgroundProcess } from './backgroundProcess';
import { logTail } from './logTail';
import { StartError } from './startError';

/**
 * Polls until the program is ready.
 * @throws StartError with the end of its log when it ends first or the limit is over; the reason of `interrupted`.
 */
export async function waitUntilReady(
  name: string,
  started: BackgroundProcess,
  isReady: () => Promise<boolean>,
  limitMs: number,
  interrupted?: AbortSignal,
): Promise<void> {
  const began = Date.now();
  while (!(await isReady())) {
    interrupted?.throwIfAborted();
    const trouble = started.hasExited()
      ? 'ended while starting'
      : Date.now() - began > limitMs
        ? `was not ready after ${Math.round(limitMs / 1000)} s`
        : undefined;
    if (trouble !== undefined) {
      throw new StartError(`${name} ${trouble}; the end of ${started.log}:\n${logTail(started.log)}`);
    }
    await sleep(100);
  }
}

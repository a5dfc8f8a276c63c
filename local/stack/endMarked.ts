import { setTimeout as sleep } from 'node:timers/promises';
import { markedProcesses } from './markedProcesses';

/** How long a process may take to end by itself after SIGTERM. */
const GRACE_MS = 3_000;

/** Ends every process that carries the mark: asks first, then kills. Resolves when none is left. */
export async function endMarked(mark: string): Promise<void> {
  const asked = Date.now();
  let left = await markedProcesses(mark);
  while (left.length > 0) {
    const signal = Date.now() - asked > GRACE_MS ? 'SIGKILL' : 'SIGTERM';
    for (const pid of left) send(pid, signal);
    await sleep(100);
    left = await markedProcesses(mark);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}

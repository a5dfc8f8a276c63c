import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';

const EVERY_MS = 200;

/** Watches the resident memory of processes until it is asked for the most that any of them took. */
export function watchMemory(pids: readonly number[]): { stop(): number } {
  let most = 0;
  const look = (): void => {
    for (const pid of pids) most = Math.max(most, residentMiB(pid));
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return most;
    },
  };
}

/** Resident memory of a process, MiB; by /proc where there is one, for starting `ps` takes time from what is measured. */
function residentMiB(pid: number): number {
  if (process.platform === 'linux') {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  }
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim()) / 1024;
}

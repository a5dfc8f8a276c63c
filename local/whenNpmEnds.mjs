import { setInterval, clearInterval } from 'node:timers';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const EVERY_MS = 500;

/**
 * Calls back once when the npm that runs us is gone. npm puts a shell in between: killed, npm leaves both of us
 * behind, and asked to end, it ends the shell only. Does nothing when no npm runs us.
 */
export function whenNpmEnds(callback) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = describe(process.ppid);
  if (parent === undefined) return;
  const watched = /sh$/.test(parent.name) ? [process.ppid, parent.ppid] : [process.ppid];
  const timer = setInterval(() => {
    if (watched.every(runs)) return;
    clearInterval(timer);
    callback();
  }, EVERY_MS);
  timer.unref();
}

/** A process's name and parent; undefined when it cannot be looked at. */
function describe(pid) {
  try {
    if (process.platform === 'linux') {
      // pid (name) state ppid …; the name may hold spaces and parentheses.
      const [, name, ppid] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      return { name, ppid: Number(ppid) };
    }
    const line = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [, ppid, name] = /^(\d+) +(.*)$/.exec(line);
    return { name, ppid: Number(ppid) };
  } catch {
    return undefined;
  }
}

/** A process that has ended but whose parent has not noticed does not run any more. */
function runs(pid) {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    return error.code === 'EPERM';
  }
}

import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { MARK } from './mark';

const run = promisify(execFile);

/** Pids of the processes that carry the mark (or one below it), without this one. */
export async function markedProcesses(mark: string): Promise<number[]> {
  const found = process.platform === 'linux' ? fromProc(mark) : await fromPs(mark);
  return found.filter((pid) => pid !== process.pid);
}

function fromProc(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => carries(environmentOf(pid), mark, '\0'))
    .map(Number);
}

/** Gone meanwhile, or another user's: not ours. */
function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}

/** macOS shows the environment behind the command line. */
async function fromPs(mark: string): Promise<number[]> {
  const { stdout } = await run('ps', ['-axwwE', '-o', 'pid=,command='], { maxBuffer: 64 * 1024 * 1024 });
  return stdout
    .split('\n')
    .filter((line) => carries(line, mark, ' '))
    .map((line) => Number.parseInt(line, 10));
}

function carries(environment: string, mark: string, separator: string): boolean {
  return environment.split(separator).some((entry) => {
    if (!entry.startsWith(`${MARK}=`)) return false;
    const value = entry.slice(MARK.length + 1);
    return value === mark || value.startsWith(`${mark}.`);
  });
}

import { rmSync } from 'node:fs';
import { endMarked } from './endMarked';

/**
 * Runs beside a launcher, in a process group of its own: `node reaper.js <mark> <file…>`. Its standard input
 * ends when the launcher does, however that died (even by SIGKILL); then it ends what the launcher left behind.
 */
async function reap([mark = '', ...files]: string[]): Promise<void> {
  for (const file of files) rmSync(file, { force: true });
  await endMarked(mark);
}

process.stdin.resume();
process.stdin.once('close', () => void reap(process.argv.slice(2)));

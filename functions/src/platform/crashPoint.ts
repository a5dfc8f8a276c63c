import { isLocalStack } from './runtime';

let passed = 0;

/**
 * A named place at which a test can end this process, to show what a crash there loses or repeats. In production, and
 * wherever RECOUP_CRASH_AT does not name the place, it does nothing.
 *
 * RECOUP_CRASH_AT is `name` or `name#n` (the n-th time this process passes it). SIGKILL: nothing is flushed, no
 * handler runs, as when the platform takes an instance away.
 */
export function crashPoint(name: string): void {
  const wanted = process.env['RECOUP_CRASH_AT'];
  if (wanted === undefined || !isLocalStack()) return;
  const [place, count = '1'] = wanted.split('#');
  if (place !== name) return;
  passed += 1;
  if (passed === Number(count)) process.kill(process.pid, 'SIGKILL');
}

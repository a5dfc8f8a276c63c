import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { JEST } from '../suites/jestCommand';
import { readTestTotals } from '../suites/readTestTotals';
import { type ScratchCopy } from './scratchCopy';
import { type SeededBug } from './seededBug';

/** What came of one bug. */
export interface Tried {
  readonly found: boolean;
  /** Tests that failed. */
  readonly failed: number;
  readonly seconds: number;
}

/**
 * Plants a bug, runs the suites that have to notice it until one fails, and takes it out again.
 *
 * @param interruption rejects when the run is broken off
 * @throws Error when no test ran at all
 */
export async function tryBug(
  copy: ScratchCopy,
  bug: SeededBug,
  firestoreHost: string,
  interruption: Promise<never>,
): Promise<Tried> {
  const began = performance.now();
  const undo = await copy.plant(bug);
  const results = join(copy.root, 'test-results.json');
  const [script = ''] = JEST;
  const child = spawn(
    process.execPath,
    [
      script,
      '--config',
      join(copy.root, 'test/jest.config.cjs'),
      '--json',
      '--outputFile',
      results,
      '--bail',
      '--maxWorkers',
      '1',
      ...bug.suites,
    ],
    {
      cwd: copy.root,
      env: { ...process.env, METADATA_SERVER_DETECTION: 'none', FIRESTORE_EMULATOR_HOST: firestoreHost },
      stdio: 'ignore',
    },
  );
  const ended = new Promise<void>((resolve, reject) => {
    child.once('exit', () => resolve());
    child.once('error', reject);
  });
  try {
    await Promise.race([ended, interruption]);
  } finally {
    child.kill('SIGTERM');
    await undo();
  }
  const { passed, failed } = readTestTotals(results);
  if (passed + failed === 0) throw new Error(`${bug.name}: no test ran`);
  return { found: failed > 0, failed, seconds: (performance.now() - began) / 1000 };
}

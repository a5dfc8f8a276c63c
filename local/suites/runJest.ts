import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { repositoryRoot } from '../stack/repositoryRoot';
import { untilAborted } from '../stack/untilAborted';
import { JEST, RESULTS } from './jestCommand';

/**
 * Runs jest in the foreground, with its results in a file as well. Whether tests failed is read from there.
 * @throws the reason of `interrupted`; jest is ended then.
 */
export async function runJest(
  parameters: string[],
  env: Record<string, string>,
  interrupted: AbortSignal,
): Promise<void> {
  rmSync(RESULTS, { force: true });
  const child = spawn(process.execPath, [...JEST, '--json', '--outputFile', RESULTS, ...parameters], {
    cwd: repositoryRoot,
    env: { ...process.env, METADATA_SERVER_DETECTION: 'none', ...env },
    // With --json the results would go to standard output too; the readable report is on the other one.
    stdio: ['inherit', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('exit', () => resolve());
    child.once('error', reject);
  });
  try {
    await Promise.race([ended, untilAborted(interrupted)]);
  } finally {
    child.kill('SIGTERM');
  }
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { repositoryRoot } from '../stack/repositoryRoot';
import { StartError } from '../stack/startError';
import { JEST } from './jestCommand';

/**
 * What the suites that these arguments choose need: unit tests nothing, e2e and browser tests the whole stack, the
 * rest Firestore alone. Starting the stack takes longer than most suites.
 * @throws StartError when jest does not accept the arguments.
 */
export async function neededFor(parameters: string[]): Promise<{ firestore: boolean; stack: boolean }> {
  const listing = promisify(execFile)(process.execPath, [...JEST, '--listTests', '--json', ...parameters], {
    cwd: repositoryRoot,
    maxBuffer: 16 * 1024 * 1024,
  });
  const { stdout } = await listing.catch((error: unknown) => {
    throw new StartError(`jest could not list the tests: ${error instanceof Error ? error.message : ''}`);
  });
  const folders = z
    .array(z.string())
    .parse(JSON.parse(stdout))
    .map((path) => /[\\/]test[\\/](\w+)[\\/]/.exec(path)?.[1]);
  const stack = folders.some((folder) => folder === 'e2e' || folder === 'browser');
  return { stack, firestore: folders.some((folder) => !['unit', 'e2e', 'browser'].includes(folder ?? '')) };
}

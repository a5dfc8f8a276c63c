import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { MARK } from './mark';
import { repositoryRoot } from './repositoryRoot';

/**
 * Starts the watcher that cleans up should this process die without doing so.
 * @param files removed with the processes
 * @returns lets the watcher go, once all is cleaned up.
 */
export function startReaper(mark: string, files: string[]): () => void {
  // Below another launcher (a suite inside `npm test`) that one's watcher finds our processes as well.
  if (files.length === 0 && process.env[MARK] !== undefined) return () => undefined;
  const script = join(repositoryRoot, 'local', 'lib', 'stack', 'reaper.js');
  const environment = { ...process.env };
  // Not marked itself: an outer launcher that ends its own must not end its watcher before the work is done.
  Reflect.deleteProperty(environment, MARK);
  const child = spawn(process.execPath, [script, mark, ...files], {
    detached: true,
    env: environment,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  return () => child.stdin.end();
}

import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { privateFolder } from './logFolder';

const KEEP_MS = 3 * 24 * 60 * 60 * 1000;

/** Removes logs of earlier stacks and served functions: each has its own, so that they would pile up. */
export function pruneLogs(): void {
  const folder = join(privateFolder, 'logs');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changed > KEEP_MS) rmSync(path, { recursive: true, force: true });
  }
}

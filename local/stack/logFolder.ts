import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryRoot } from './repositoryRoot';

/** Where the local stack keeps what is its own: logs, caches, the note about what runs. Ignored by git. */
export const privateFolder = join(repositoryRoot, '.recoup');

/** The path of a log file, with its folder made; the name may hold a folder. */
export function logFile(name: string): string {
  const path = join(privateFolder, 'logs', `${name}.log`);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

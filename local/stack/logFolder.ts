import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './repositoryRoot';

/** Where the local stack keeps what is its own: logs, caches, the note about what runs. Ignored by git. */
export const privateFolder = join(repositoryRoot, '.recoup');

/** The path of a log file, with its folder made. */
export function logFile(name: string): string {
  const folder = join(privateFolder, 'logs');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.log`);
}

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The checkout that this file belongs to, whether it runs from local/lib/ or from source (jest). */
export const repositoryRoot = findUp(__dirname);

function findUp(folder: string): string {
  if (existsSync(join(folder, 'firebase.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('No firebase.json above local/.');
  return findUp(parent);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';

/** firestore.rules as it is deployed. */
export function rulesSource(): string {
  return readFileSync(join(repositoryRoot, 'firestore.rules'), 'utf8');
}

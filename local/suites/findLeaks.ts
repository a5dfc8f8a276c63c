import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { privateFolder } from '../stack/logFolder';
import { leaksIn } from './leaksIn';

/** What functions printed, alone or in the stack's emulators. Firestore's own log holds the suites' documents. */
const PRINTED_BY_FUNCTIONS = /(^|[\\/])(function-[^\\/]*|emulators)\.log$/;

/**
 * Looks through what functions have printed since then for contact data of the people of the suites.
 *
 * @param since milliseconds since 1970
 * @returns a line for each place, without what stands there
 */
export function findLeaks(since: number): string[] {
  const folder = join(privateFolder, 'logs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => PRINTED_BY_FUNCTIONS.test(name))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).mtimeMs >= since)
    .flatMap((path) =>
      leaksIn(readFileSync(path, 'utf8')).map(({ line, kind }) => `${path}:${line}: ${kind}`),
    );
}

import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** The last lines of a log, without colours; empty when there is none yet. */
export function logTail(path: string, lines = 25): string {
  if (!existsSync(path)) return '';
  const text = stripVTControlCharacters(readFileSync(path, 'utf8')).trimEnd();
  return text.split('\n').slice(-lines).join('\n');
}

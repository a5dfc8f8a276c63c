import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { repositoryRoot } from './repositoryRoot.js';

/**
 * The parameters and secrets that the functions get locally: functions/.env.demo-recoup and
 * functions/.secret.local. The process environment wins, so that a test can set one of them.
 */
export function readFunctionsEnvironment(): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of ['.env.demo-recoup', '.secret.local']) {
    const parsed = parseEnv(readFileSync(join(repositoryRoot, 'functions', name), 'utf8'));
    for (const [key, value] of Object.entries(parsed)) {
      values[key] = process.env[key] ?? value ?? '';
    }
  }
  return values;
}

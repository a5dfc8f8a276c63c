import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { repositoryRoot } from '../../local/stack/repositoryRoot';

const SOURCES = join(repositoryRoot, 'functions/src');

/** Every source file of the functions, by its path below functions/src. */
function sources(): { path: string; text: string }[] {
  return readdirSync(SOURCES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({
      path: relative(SOURCES, file).split(sep).join('/'),
      text: readFileSync(file, 'utf8'),
    }));
}

const filesWith = (pattern: RegExp): string[] =>
  sources()
    .filter(({ text }) => pattern.test(text))
    .map(({ path }) => path)
    .sort();

describe('the sources of the functions', () => {
  it('name the claims in one file: there is one way to process an event once', () => {
    // The data map says how long they stay, and names no path.
    expect(filesWith(/processed_events/)).toEqual(['domain/privacy/data/serverData.ts', 'store/claim.ts']);
  });

  it('name the leases in one file of paths, and take one in one class', () => {
    expect(filesWith(/cron_leases['"`]/)).toEqual(['store/collections.ts']);
    expect(filesWith(/\.cronLease\(/)).toEqual(['store/lease.ts']);
  });

  it.each([
    ['Date.now()', /\bDate\.now\(/],
    ['new Date()', /\bnew Date\(\s*\)/],
    ['Math.random()', /\bMath\.random\(/],
    ['randomUUID', /\brandomUUID\b/],
  ])('use %s in platform/ only', (_name, pattern) => {
    expect(filesWith(pattern).filter((path) => !path.startsWith('platform/'))).toEqual([]);
  });
});

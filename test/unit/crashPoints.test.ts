import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../local/stack/repositoryRoot';
import { stories } from '../faults/stories/stories';

const SOURCES = join(repositoryRoot, 'functions/src');

const SUITES = join(repositoryRoot, 'test/integration');

function sources(): string {
  return textOf(SOURCES);
}

function textOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

/** Names that stand in the sources, and those that are put together there. */
function crashPoints(text: string): string[] {
  const all = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);
  const written = all(/crashPoint\(\s*['`]([^'`]+)['`]\s*\)/g);
  const parts: Record<string, string[]> = {
    // Of `carryOut`, whose callers name the wish.
    '${name}': all(/carryOut\(\s*deps,\s*unit,\s*'([\w-]+)'/g),
    // Of `processOnce`, for every provider whose events are taken in.
    '${event.source}': all(/identity(?:: EventIdentity =| =|:) \{ source: '(\w+)'/g),
  };
  const named = written.flatMap((name) => {
    const part = /^\$\{[^}]+\}/.exec(name)?.[0];
    if (part === undefined) return [name];
    const values = parts[part];
    if (values === undefined) throw new Error(`nobody says what ${part} is in the crash point ${name}`);
    return values.map((value) => name.replace(part, value));
  });
  return [...new Set(named)].sort();
}

describe('every crash point of the functions', () => {
  it('is declared by a story that passes it, or killed by name in a suite of its own; and no story declares another', () => {
    const found = crashPoints(sources());
    expect(found.length).toBeGreaterThan(40);
    const declared = new Set(stories.flatMap((story) => story.crashPoints));
    const suites = textOf(SUITES);
    const nowhere = found.filter((name) => !declared.has(name) && !suites.includes(`'${name}'`));
    expect({ nowhere }).toEqual({ nowhere: [] });
    expect([...declared].filter((name) => !found.includes(name))).toEqual([]);
  });
});

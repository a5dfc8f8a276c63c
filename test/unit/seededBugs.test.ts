import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allBugs } from '../../local/seeded-bugs/allBugs';
import { describeBugs } from '../../local/seeded-bugs/describeBugs';
import { repositoryRoot } from '../../local/stack/repositoryRoot';

describe('the planted bugs', () => {
  it('have each a name of its own, and are forty at the least', () => {
    expect(allBugs.length).toBeGreaterThanOrEqual(40);
    expect(new Set(allBugs.map(({ name }) => name)).size).toBe(allBugs.length);
  });

  it.each(allBugs.map((bug) => [bug.name, bug] as const))('%s: has one place in the code', (_, bug) => {
    const source = readFileSync(join(repositoryRoot, bug.file), 'utf8');
    expect({ file: bug.file, places: source.split(bug.find).length - 1 }).toEqual({
      file: bug.file,
      places: 1,
    });
    expect(bug.replace).not.toBe(bug.find);
  });

  it('name suites that are there', () => {
    const missing = allBugs.flatMap(({ name, suites }) =>
      suites
        .filter((suite) => !existsSync(join(repositoryRoot, suite)))
        .filter((suite) => !existsSync(join(repositoryRoot, `${suite}.test.ts`)))
        .map((suite) => `${name}: ${suite}`),
    );
    expect(missing).toEqual([]);
  });

  it('are the table of docs/guarantees.md', () => {
    // Prettier pads the cells.
    const squeezed = (table: string): string => table.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
    const document = readFileSync(join(repositoryRoot, 'docs/guarantees.md'), 'utf8');
    expect(squeezed(document)).toContain(squeezed(describeBugs()));
  });
});

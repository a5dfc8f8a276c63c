import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isEnough, judge } from '../../local/coverage/judge';
import { MODULES } from '../../local/coverage/modules';
import { readCounts, type Way } from '../../local/coverage/readCounts';
import { missingWays } from '../../local/coverage/tables';
import { repositoryRoot } from '../../local/stack/repositoryRoot';

/** A file of which the first so many ways were taken. */
function ways(taken: number, of: number): Way[] {
  return Array.from({ length: of }, (_, n) => ({
    line: n + 1,
    kind: 'if',
    way: 0,
    taken: n < taken ? 3 : 0,
  }));
}

describe('what is asked of branches', () => {
  it('is 70 % of everything and 95 % of a named module, not a way less', () => {
    const enough = (few: number, many: number): boolean[] => {
      const files = new Map([
        ['domain/a.ts', ways(few, 100)],
        ['other.ts', ways(many, 100)],
      ]);
      return judge(files, { domain: ['domain/'] }).map(isEnough);
    };
    expect(enough(95, 45)).toEqual([true, true]);
    expect(enough(94, 46)).toEqual([true, false]);
    expect(enough(95, 44)).toEqual([false, true]);
  });

  it('is not forgotten when a named file has another name', () => {
    expect(() => judge(new Map([['a.ts', ways(1, 1)]]), { claim: ['a.ts', 'b.ts'] })).toThrow(
      'There is no b.ts',
    );
    const named: readonly string[] = Object.values(MODULES).flat();
    expect(named.filter((path) => !existsSync(join(repositoryRoot, path)))).toEqual([]);
  });

  it('counts what any process took, and files that none loaded', () => {
    const folder = mkdtempSync(join(tmpdir(), 'recoup-counts-'));
    const keep = (name: string, contents: unknown): void =>
      writeFileSync(join(folder, name), JSON.stringify(contents));
    const branch = { type: 'if', loc: { start: { line: 7, column: 2 }, end: { line: 9, column: 3 } } };
    try {
      const file = { counts: { 0: [0, 0] }, branchMap: { 0: branch } };
      keep('branches.json', { 'a.ts': file, 'never.ts': file });
      keep('counts-1.json', { 'a.ts': { 0: [2, 0] } });
      keep('counts-2.json', { 'a.ts': { 0: [1, 0] } });
      const files = readCounts(folder);
      expect(files.get('a.ts')?.map(({ taken }) => taken)).toEqual([3, 0]);
      expect(missingWays(files)).toBe('a.ts:7 if 1\nnever.ts:7 if 0\nnever.ts:7 if 1\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

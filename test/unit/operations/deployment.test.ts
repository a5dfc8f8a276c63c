import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import * as deployed from '../../../functions/src/index';
import { params } from '../../../functions/src/platform/config';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');
const DEPLOY = read('docs/deploy.md');
const firebase = z
  .object({
    functions: z.array(
      z.object({
        source: z.string(),
        runtime: z.string(),
        predeploy: z.array(z.string()),
        ignore: z.array(z.string()),
      }),
    ),
    hosting: z.object({
      public: z.string(),
      rewrites: z.array(
        z.object({ source: z.string(), function: z.object({ functionId: z.string(), region: z.string() }) }),
      ),
    }),
  })
  .parse(JSON.parse(read('firebase.json')));

/** What the platform gives a function that says nothing. */
const USUAL = { memory: 256, concurrency: 80, minInstances: 0, maxInstances: 100, timeoutSeconds: 60 };
const numberOr = (value: unknown, usual: number): number => (typeof value === 'number' ? value : usual);

const endpoints = Object.entries(deployed).map(([name, { __endpoint: endpoint }]) => ({
  name,
  isHttp: endpoint.httpsTrigger !== undefined,
  isCallable: endpoint.callableTrigger !== undefined,
  region: endpoint.region,
  gets: [
    numberOr(endpoint.availableMemoryMb, USUAL.memory),
    numberOr(endpoint.concurrency, USUAL.concurrency),
    numberOr(endpoint.minInstances, USUAL.minInstances),
    numberOr(endpoint.maxInstances, USUAL.maxInstances),
    numberOr(endpoint.timeoutSeconds, USUAL.timeoutSeconds),
  ],
}));

const callable = endpoints.filter(({ isCallable }) => isCallable).map(({ name }) => name);

/** The rows of the table under a heading of docs/deploy.md, cell by cell. */
function rowsUnder(heading: string): string[][] {
  const [, part = ''] = DEPLOY.split(heading);
  const rows = (part.split('\n## ')[0] ?? '').split('\n').filter((line) => /^ *\| [^-]/.test(line));
  return rows.slice(1).map((line) =>
    line
      .trim()
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

describe('a deployment', () => {
  it('gives each function what docs/deploy.md says, with the reason beside it', () => {
    const rows = rowsUnder('## What each function gets');
    const named = rows.flatMap(([names = '']) => names.split(', '));
    const others = callable.filter((name) => !named.includes(name));
    const told = rows.map(([names = '', ...cells]) => ({
      names: names === 'other callable functions' ? others : names.split(', '),
      gets: cells.slice(0, 5).map(Number),
      why: cells[5] ?? '',
    }));
    const rowOf = (name: string) => told.filter(({ names }) => names.includes(name));
    expect(endpoints.map(({ name, gets }) => ({ name, gets: [gets] }))).toEqual(
      endpoints.map(({ name }) => ({ name, gets: rowOf(name).map(({ gets }) => gets) })),
    );
    const known = endpoints.map(({ name }) => name);
    expect(told.flatMap(({ names }) => names).filter((name) => !known.includes(name))).toEqual([]);
    expect(told.filter(({ why }) => why.length < 10)).toEqual([]);
  });

  it('has Hosting lead to each function that takes plain requests, in its region, as docs/deploy.md says', () => {
    const rewrites = firebase.hosting.rewrites.map(({ source, function: target }) => [
      source,
      target.functionId,
    ]);
    expect(rewrites.map(([, name]) => name).sort()).toEqual(
      endpoints
        .filter(({ isHttp }) => isHttp)
        .map(({ name }) => name)
        .sort(),
    );
    expect(rowsUnder('## Addresses')).toEqual(rewrites);
    for (const { function: target } of firebase.hosting.rewrites) {
      const found = endpoints.find(({ name }) => name === target.functionId);
      expect([target.functionId, found?.region]).toEqual([target.functionId, [target.region]]);
    }
    expect(existsSync(join(repositoryRoot, firebase.hosting.public))).toBe(true);
  });

  it('names every setting and every secret, and no other', () => {
    const names = Object.values(params).map((param) => param.name);
    const told = rowsUnder('## Once').map(([name = '']) => name);
    expect(told.filter((name) => /^[A-Z_]{6,}$/.test(name)).sort()).toEqual(names.sort());
  });

  it('builds by itself, from a clean clone, and takes neither sources nor local secrets along', () => {
    for (const { source, predeploy, ignore, runtime } of firebase.functions) {
      expect([source, runtime]).toEqual(['functions', 'nodejs22']);
      expect(predeploy).toEqual(['node "$PROJECT_DIR/local/bootstrap.mjs" install']);
      expect(ignore).toEqual(
        expect.arrayContaining(['node_modules', 'src', '.secret.local', '.env.demo-recoup']),
      );
    }
    expect(existsSync(join(repositoryRoot, 'local/bootstrap.mjs'))).toBe(true);
    expect(read('README.md')).toContain('docs/deploy.md');
  });

  it('is checked by a workflow that pins what it uses by full hashes, runs the gate, and blocks on vulnerabilities', () => {
    const folder = '.github/workflows';
    for (const file of readdirSync(join(repositoryRoot, folder))) {
      const text = read(join(folder, file));
      const used = [...text.matchAll(/uses: (\S+)/g)].map(([, action = '']) => action);
      expect(used.filter((action) => !/^[\w./-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
    }
    const ci = read(join(folder, 'ci.yml'));
    expect(ci).toMatch(/run: \.ci\/run$/m);
    expect(ci).toMatch(/run: npm start -- --once$/m);
    expect(ci).toMatch(/run: npm run test:browser$/m);
    expect(ci).toMatch(/run: npm audit --omit=dev --prefix functions$/m);
  });
});

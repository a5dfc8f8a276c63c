// Bundles the functions into functions/lib/covered with every branch counted, and writes which branches there are, of the
// files that no suite loads as well: `node local/coverage/bundleCovered.mjs <file for the branches>`
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../bundle.mjs';
import instrumenting from './instrument.cjs';

const { instrument, isMeasured } = instrumenting;
const source = fileURLToPath(new URL('../../functions/src', import.meta.url));
const measured = new Map(
  readdirSync(source, { recursive: true })
    .map((name) => join(source, name))
    .filter(isMeasured)
    .map((path) => [path, instrument(readFileSync(path, 'utf8'), path)]),
);

const countBranches = {
  name: 'count-branches',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const found = measured.get(path);
      return found === undefined ? undefined : { contents: found.code, loader: 'ts' };
    });
  },
};

await bundle(undefined, { into: 'lib/covered', plugins: [countBranches] });
const branches = [...measured.values()].map(({ path, counts, branchMap }) => [path, { counts, branchMap }]);
writeFileSync(process.argv[2], JSON.stringify(Object.fromEntries(branches)));

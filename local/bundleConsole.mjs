// Builds the operators' console: console/static as it is, and one script made of console/src, in console/public. Plain
// Node, for the bootstrap runs it after the compiler. `node local/bundleConsole.mjs [--deploy]`
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Bundles the console's script.
 *
 * @param {{ local: boolean }} options local: with the way to the emulators and the sample sign-in; what is deployed has
 *   neither of them in it
 * @returns {Promise<{ path: string, contents: Uint8Array }[]>} the script and its map
 */
export async function bundleConsole({ local }) {
  const { outputFiles } = await build({
    write: false,
    absWorkingDir: root,
    entryPoints: ['console/src/console.tsx'],
    outfile: join(root, 'console/public/console/console.js'),
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: ['chrome111', 'firefox113', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { LOCAL_STACK: String(local) },
    alias: { re2js: './console/src/store/noRegularExpressions.ts' },
    legalComments: 'none',
    sourcemap: local ? 'linked' : false,
    logLevel: 'error',
  });
  return outputFiles;
}

/** Fills console/public with what Hosting serves. */
export async function buildConsole({ local }) {
  const target = join(root, 'console/public');
  const source = join(root, 'console/static');
  const made = await bundleConsole({ local });
  mkdirSync(join(target, 'console'), { recursive: true });
  cpSync(source, target, { recursive: true });
  for (const { path, contents } of made) replaceIfChanged(path, contents);
  const wanted = new Set([
    ...made.map(({ path }) => path),
    ...readdirSync(source, { recursive: true }).map((name) => join(target, name)),
  ]);
  for (const name of readdirSync(target, { recursive: true })) {
    const path = join(target, name);
    if (!wanted.has(path)) rmSync(path, { recursive: true, force: true });
  }
}

/** A stack that is running serves these files: none is ever half written. */
function replaceIfChanged(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  writeFileSync(`${path}.new`, contents);
  renameSync(`${path}.new`, path);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await buildConsole({ local: !process.argv.includes('--deploy') });

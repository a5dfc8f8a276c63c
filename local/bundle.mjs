// Bundles the built functions: index.js and, for each deployed function, one file with all that is ours in it, so that a
// process that serves one of them opens and compiles one file and not two hundred. The providers' libraries stay outside:
// they are loaded by the functions that use them, when they do. Plain Node, for the bootstrap runs it after the compiler.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { firebaseDoor, firebaseInOneFile, firebaseOutside, tokensWhenAsked } from './bundleFirebase.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Small, pure and used by almost every file of ours: bundled, so that only what is used of them is loaded. */
const BUNDLED = ['zod', 'luxon'];

/** Of many files, and wanted as a whole by some functions: each is one file beside the handlers. */
const ONE_FILE = ['stripe', 'libphonenumber-js', 'jsonwebtoken'];

/**
 * Bundles `functions/src` into `functions/lib/bundle`.
 *
 * @param {string} home the repository's root, or a copy's
 * @param {{ into?: string, plugins?: import('esbuild').Plugin[] }} otherwise another folder below `functions`, and what
 *   else is done with our files
 */
export async function bundle(home = root, { into = 'lib/bundle', plugins = [] } = {}) {
  const functions = join(home, 'functions');
  const source = readFileSync(join(functions, 'src/index.ts'), 'utf8');
  const { dependencies } = JSON.parse(readFileSync(join(functions, 'package.json'), 'utf8'));
  const handlers = [
    ...new Set([...source.matchAll(/import\('\.\/([\w/]+)\.js'\)/g)].map(([, path]) => path)),
  ];
  const outdir = join(functions, into);
  const options = {
    write: false,
    absWorkingDir: functions,
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // A handler is required when it is asked for: imported, Node would also read all of it for what it exports.
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  };
  const external = Object.keys(dependencies).filter((name) => !BUNDLED.includes(name));
  const ours = Object.entries(byDepth(['index', ...handlers])).map(([depth, paths]) =>
    build({
      ...options,
      entryPoints: paths.map((path) => `src/${path}.ts`),
      outbase: 'src',
      sourcemap: true,
      sourcesContent: false,
      external,
      plugins: [
        handlersStayOutside,
        onePackageOneFile('../'.repeat(Number(depth)) || './'),
        firebaseOutside('../'.repeat(Number(depth)) || './'),
        ...plugins,
      ],
    }),
  );
  const sources = {
    firebase: firebaseDoor(),
    firebaseInOneFile: firebaseInOneFile(),
    ...Object.fromEntries(ONE_FILE.map((name) => [name, `module.exports = require('${name}');`])),
  };
  const packages = Object.entries(sources).map(([name, contents]) =>
    build({
      ...options,
      external: name === 'firebase' ? ['firebase-admin', 'firebase-functions', './firebaseInOneFile.js'] : [],
      outdir: undefined,
      outfile: join(outdir, 'packages', `${name}.js`),
      stdin: { contents, resolveDir: functions },
      plugins: [tokensWhenAsked],
      // Each process reads them to their end before its first answer. Names stay, for the traces of errors.
      minifySyntax: true,
      minifyWhitespace: true,
    }),
  );
  const outputFiles = (await Promise.all([...ours, ...packages])).flatMap((made) => made.outputFiles);
  const made = new Set(outputFiles.map(({ path }) => path));
  for (const { path, contents } of outputFiles) replaceIfChanged(path, contents);
  for (const name of readdirSync(outdir, { recursive: true })) {
    const path = join(outdir, name);
    if (/\.js(\.map)?$/.test(name) && !made.has(path)) rmSync(path);
  }
}

/** A stack that is running reads these files whenever a function is called: none is ever missing or half written. */
function replaceIfChanged(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, contents);
  renameSync(`${path}.new`, path);
}

/** index.js loads a handler when its function is first called: each is a file of its own. */
const handlersStayOutside = {
  name: 'handlers-stay-outside',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path, kind, importer, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      if (importer.endsWith('src/index.ts')) return { path, external: true };
      return resolve(path.replace(/\.js$/, '.ts'), { kind: 'require-call', importer, resolveDir });
    });
  },
};

/** Paths by how many folders they are below the bundle's own: from there they find what lies in it. */
function byDepth(paths) {
  const groups = {};
  for (const path of paths) (groups[path.split('/').length - 1] ??= []).push(path);
  return groups;
}

/** @param {string} up the way from the file to the bundle's folder */
const onePackageOneFile = (up) => ({
  name: 'one-package-one-file',
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^(${ONE_FILE.join('|')})$`) }, ({ path }) => ({
      path: `${up}packages/${path}.js`,
      external: true,
    }));
  },
});

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await bundle();

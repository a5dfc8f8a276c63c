// Makes a checkout ready (packages, build) and runs one of its commands. Plain Node and no dependency: on a fresh
// clone nothing else is there yet. `node local/bootstrap.mjs <command> [args…]`
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { whenNpmEnds } from './whenNpmEnds.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const OLDEST_NODE = [20, 12];
const PACKAGES = ['.', 'functions'];
const LOCK_LIMIT_MS = 20 * 60_000;

/** Command → the built program that it runs; null: only make ready. */
const COMMANDS = {
  install: null,
  start: 'local/lib/start.js',
  test: 'local/lib/test.js',
  'rules-mutants': 'local/lib/rulesMutants.js',
  properties: 'local/lib/properties.js',
  scenarios: 'local/lib/scenarios.js',
  'seeded-bugs': 'local/lib/seededBugs.js',
  load: 'bench/lib/test/load/main.js',
  subscriptions: 'local/lib/subscriptions.js',
  browser: 'local/lib/browser.js',
  coverage: 'local/lib/coverage.js',
  faults: 'local/lib/faults.js',
  job: 'local/lib/job.js',
  ops: 'local/lib/ops.js',
  bench: 'bench/lib/bench/main.js',
};

class Trouble extends Error {}

/** The step under way, so that a signal can end it. */
let running;
let interruptedBy;

async function main([command = '', ...parameters]) {
  checkNode();
  if (!Object.hasOwn(COMMANDS, command)) {
    throw new Trouble(`Unknown command "${command}": use one of ${Object.keys(COMMANDS).join(', ')}.`);
  }
  const interrupt = (signal) => {
    interruptedBy = signal;
    running?.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);
  whenNpmEnds(() => interrupt('SIGTERM'));
  await underLock(async () => {
    for (const folder of PACKAGES) await install(folder);
    await build();
  });
  const program = COMMANDS[command];
  if (program === null) return 0;
  if (!existsSync(join(root, program)))
    throw new Trouble(`There is nothing to run: ${program} does not exist.`);
  return runProgram([program, ...parameters]);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Trouble(`Recoup needs Node ${OLDEST_NODE.join('.')} or newer, this is ${process.versions.node}.`);
}

/** Installs a package's dependencies unless what is there comes from the same lockfile. */
async function install(folder) {
  const home = join(root, folder);
  const lockfile = readFileSync(join(home, 'package-lock.json'));
  const wanted = createHash('sha256').update(lockfile).digest('hex');
  const stamp = join(home, 'node_modules', '.recoup-lockfile-sha256');
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8').trim() : '';
  if (installed === wanted) return;
  if (!matchesLockfile(home, lockfile)) {
    console.log(`Installing the packages of ${folder === '.' ? 'the root' : folder} …`);
    await installPackages(home, lockfile);
  }
  writeFileSync(stamp, `${wanted}\n`);
}

async function installPackages(home, lockfile) {
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund'];
  const exact = await run(npm(), ['ci', ...quietly], home);
  if (exact.code === 0) return;
  // npm 11 refuses a lockfile that lacks an optional package of some other platform, even where the registry does
  // not have it (npm/cli#9846). `install` takes it, and keeps to its versions; that it did is checked.
  if (/Missing: \S+ from lock file/.test(exact.output)) {
    const lenient = await run(npm(), ['install', '--no-save', ...quietly], home);
    if (lenient.code === 0 && matchesLockfile(home, lockfile)) return;
  }
  throw new Trouble(`npm ci failed in ${home}:\n${exact.output}`);
}

/** What npm noted about node_modules against the lockfile: a developer's own `npm install` counts as well. */
function matchesLockfile(home, lockfile) {
  const note = join(home, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const { packages: present } = JSON.parse(readFileSync(note, 'utf8'));
  const { packages: wanted } = JSON.parse(lockfile.toString('utf8'));
  const fits = ([path, { version, optional }]) =>
    existsSync(join(home, path)) &&
    (wanted[path] === undefined ? optional : wanted[path].version === version);
  const needed = Object.entries(wanted).filter(
    ([path, entry]) => path !== '' && !entry.optional && !entry.link,
  );
  return Object.entries(present).every(fits) && needed.every(([path]) => path in present);
}

/** npm itself says where it is when it runs us; else the one on PATH. */
function npm() {
  const script = process.env.npm_execpath ?? '';
  return /npm-cli\.c?js$/.test(script) ? [process.execPath, script] : ['npm'];
}

async function build() {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const bundlers = ['local/bundle.mjs', 'local/bundleConsole.mjs'].map((path) => [join(root, path)]);
  for (const step of [[compiler, '-b'], ...bundlers]) {
    const result = await run([process.execPath], step, root);
    if (result.code !== 0) throw new Trouble(`The build failed:\n${result.output}`);
  }
}

/** Runs a step quietly; its output is for the case that it fails. */
function run([command, ...first], rest, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...rest], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    running = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output = (output + text).slice(-20_000);
      });
    }
    child.once('error', (error) => reject(new Trouble(`${command} could not be started: ${error.message}.`)));
    child.once('close', (code) => {
      running = undefined;
      if (interruptedBy === undefined) resolve({ code, output: output.trim() });
      else reject(new Trouble('Interrupted.'));
    });
  });
}

/** The channel between the two processes is only there to break when this one dies: the command then ends too. */
function runProgram(parameters) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, parameters, {
      cwd: root,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    });
    running = child;
    child.once('error', (error) =>
      reject(new Trouble(`${parameters[0]} could not be started: ${error.message}.`)),
    );
    child.once('exit', (code, signal) => {
      resolve(code ?? { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 }[signal] ?? 1);
    });
  });
}

/** Two bootstraps in one checkout take turns. A folder is the lock, because making one is atomic. */
async function underLock(work) {
  const lock = join(root, '.recoup', 'bootstrap.lock');
  mkdirSync(dirname(lock), { recursive: true });
  const began = Date.now();
  while (!makeFolder(lock)) {
    if (interruptedBy !== undefined) throw new Trouble('Interrupted.');
    if (isStale(lock)) takeOver(lock);
    else if (Date.now() - began > LOCK_LIMIT_MS) {
      throw new Trouble(
        `Process ${ownerOf(lock)} has been installing here for too long: end it, then remove ${lock}.`,
      );
    } else await sleep(200);
  }
  writeFileSync(join(lock, 'owner'), String(process.pid));
  try {
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/**
 * Removes a lock whose owner is gone. Only the one that holds the second folder may: between another's look and its
 * removal the lock could have changed hands.
 */
function takeOver(lock) {
  const turn = `${lock}.takeover`;
  if (!makeFolder(turn)) {
    if (ageOf(turn) > 10_000) rmSync(turn, { recursive: true, force: true });
    return;
  }
  if (isStale(lock)) rmSync(lock, { recursive: true, force: true });
  rmdirSync(turn);
}

function isStale(lock) {
  const owner = ownerOf(lock);
  // Just made, its owner not noted yet; or its maker died in between.
  if (owner === undefined) return ageOf(lock) > 10_000;
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function ownerOf(lock) {
  try {
    return Number(readFileSync(join(lock, 'owner'), 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

/** Milliseconds since the folder was made; 0 when it is gone. */
function ageOf(folder) {
  return Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

function makeFolder(path) {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Trouble ? error.message : error);
  process.exitCode = 1;
}

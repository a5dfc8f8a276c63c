import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { repositoryRoot } from '../../local/stack/repositoryRoot';

const run = promisify(execFile);
const FUNCTIONS = join(repositoryRoot, 'functions');

/** Runs in the package as it is deployed: loads every file, for index.js alone leaves the handlers for later. */
const LOAD = `
  for (const file of process.argv.slice(1)) require('./lib/bundle/' + file);
  const { params } = require('./lib/platform/config.js');
  const functions = Object.entries(require('./lib/bundle/index.js')).map(([name, deployed]) => ({
    name,
    type: typeof deployed,
    region: deployed.__endpoint?.region ?? null,
    secrets: (deployed.__endpoint?.secretEnvironmentVariables ?? []).map(({ key }) => key),
  }));
  const secrets = Object.values(params).filter((p) => p.constructor.name === 'SecretParam').map((p) => p.name);
  console.log(JSON.stringify({ functions, secrets }));
`;

/** Loads a webhook's handler, then tells what was loaded from where. */
const FILES = `
  require('./lib/bundle/index.js');
  require('./lib/bundle/webhooks/stripeWebhook.js');
  console.log(JSON.stringify(Object.keys(require.cache)));
`;

const loadedSchema = z.object({
  functions: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      region: z.array(z.string()).nullable(),
      secrets: z.array(z.string()),
    }),
  ),
  secrets: z.array(z.string()),
});

describe('the package of the functions', () => {
  let folder: string;
  let loaded: z.infer<typeof loadedSchema>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recoup-package-'));
    for (const part of ['package.json', 'package-lock.json', 'lib'])
      await cp(join(FUNCTIONS, part), join(folder, part), { recursive: true });
    await install();
    const bundled = await readdir(join(FUNCTIONS, 'lib/bundle'), { recursive: true });
    const files = bundled.filter((file) => file.endsWith('.js'));
    const { stdout } = await run(process.execPath, ['-e', LOAD, ...files], {
      cwd: folder,
      env: { PATH: process.env['PATH'] },
    });
    loaded = loadedSchema.parse(JSON.parse(stdout));
  }, 240_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** As Firebase installs it; npm 11 refuses some lockfiles that npm 10 takes (npm/cli#9846), so it may also install. */
  async function install(): Promise<void> {
    const flags = ['--omit=dev', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
    const npm = (command: string[]) => run('npm', [...command, ...flags], { cwd: folder });
    const [major = 0] = (await run('npm', ['--version'])).stdout.split('.').map(Number);
    const lockfile = await readFile(join(folder, 'package-lock.json'), 'utf8');
    await npm(['ci']).catch((error: unknown) =>
      major < 11 ? Promise.reject(error as Error) : npm(['install', '--no-save']),
    );
    expect(await readFile(join(folder, 'package-lock.json'), 'utf8')).toBe(lockfile);
  }

  it('loads alone, with nothing but what it asks for, and exports what the sources export', async () => {
    const source = await readFile(join(FUNCTIONS, 'src/index.ts'), 'utf8');
    const names = [...source.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(0);
    expect(loaded.functions.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  it('opens one file of Firebase where it serves a function, and the packages where their tools have them', async () => {
    const loadedFor = async (env: Record<string, string>): Promise<string[]> => {
      const { stdout } = await run(process.execPath, ['-e', FILES], {
        cwd: folder,
        env: { PATH: process.env['PATH'], ...env },
      });
      return z.array(z.string()).parse(JSON.parse(stdout));
    };
    const ofFirebase = (files: string[]): string[] =>
      files.filter((file) => /firebaseInOneFile|node_modules\/firebase-/.test(file));
    const served = { FUNCTION_TARGET: 'stripeWebhook' };
    expect(ofFirebase(await loadedFor(served))).toEqual([
      expect.stringContaining('/lib/bundle/packages/firebaseInOneFile.js'),
    ]);
    for (const tool of [{}, { ...served, FUNCTIONS_EMULATOR: 'true' }])
      expect(ofFirebase(await loadedFor(tool)).join('\n')).not.toContain('firebaseInOneFile');
  });

  it('has only functions in it, each to be deployed in London', () => {
    for (const { name, type, region } of loaded.functions)
      expect({ name, type, region }).toEqual({ name, type: 'function', region: ['europe-west2'] });
  });

  it('binds no secret that the configuration does not declare, and each of those somewhere', () => {
    const bound = new Set(loaded.functions.flatMap(({ secrets }) => secrets));
    expect([...bound].sort()).toEqual([...loaded.secrets].sort());
  });
});

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { cliEnvironment } from './cliEnvironment';
import { CLI, CLI_PACKAGE } from './firebaseCli';
import { privateFolder } from './logFolder';
import { repositoryRoot } from './repositoryRoot';
import { StartError } from './startError';
import { writeManifestJar } from './writeManifestJar';

const MAIN_CLASS = 'com.google.cloud.datastore.emulator.firestore.CloudFirestore';
const SDK_JAR = 'platform/cloud-firestore-emulator/cloud-firestore-emulator.jar';
const SDK_FOLDERS = [
  '/usr/lib/google-cloud-sdk',
  '/usr/share/google-cloud-sdk',
  '/usr/local/google-cloud-sdk',
  '/opt/google-cloud-sdk',
  '/snap/google-cloud-cli/current',
  '/snap/google-cloud-sdk/current',
  '/opt/homebrew/share/google-cloud-sdk',
  '/usr/local/share/google-cloud-sdk',
  join(homedir(), 'google-cloud-sdk'),
];
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

/**
 * A Firestore emulator that `java -jar` runs: FIRESTORE_EMULATOR_BINARY_PATH, the CLI's cache, the Google Cloud
 * SDK's component, or else what the CLI downloads now.
 * @param javaFolder the CLI checks Java before it downloads
 * @throws StartError when there is none and none can be downloaded.
 */
export async function findFirestoreJar(javaFolder: string): Promise<string> {
  const chosen = process.env['FIRESTORE_EMULATOR_BINARY_PATH'] ?? '';
  if (chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new StartError(`FIRESTORE_EMULATOR_BINARY_PATH names ${chosen}, which does not exist.`);
  }
  const cached = cachedByCli();
  if (existsSync(cached)) return cached;
  const sdk = sdkFolders()
    .map((folder) => join(folder, SDK_JAR))
    .find((path) => existsSync(path));
  if (sdk !== undefined) return wrapped(sdk);
  await download(javaFolder);
  if (existsSync(cached)) return cached;
  throw new StartError(`The Firebase CLI downloaded no Firestore emulator to ${cached}.`);
}

/** The CLI keeps its downloads by name and version. */
function cachedByCli(): string {
  const catalogue = z
    .object({ firestore: z.object({ downloadPathRelativeToCacheDir: z.string() }) })
    .parse(JSON.parse(readFileSync(join(CLI_PACKAGE, 'lib/emulator/downloadableEmulatorInfo.json'), 'utf8')));
  const folder = process.env['FIREBASE_EMULATORS_PATH'] ?? join(homedir(), '.cache/firebase/emulators');
  return join(folder, catalogue.firestore.downloadPathRelativeToCacheDir);
}

function sdkFolders(): string[] {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'gcloud'))
    .filter((program) => existsSync(program))
    .map((program) => dirname(dirname(realpathSync(program))));
  const chosen = process.env['CLOUDSDK_ROOT_DIR'] ?? '';
  return [...(chosen === '' ? [] : [chosen]), ...onPath, ...SDK_FOLDERS];
}

/** The SDK's jar has no main class of its own, so the CLI's `java -jar` would fail on it. */
function wrapped(sdkJar: string): string {
  const name = createHash('sha256').update(sdkJar).digest('hex').slice(0, 12);
  const jar = join(privateFolder, 'cache', `firestore-emulator-${name}.jar`);
  if (!existsSync(jar)) writeManifestJar(jar, sdkJar, MAIN_CLASS);
  return jar;
}

async function download(javaFolder: string): Promise<void> {
  console.log('Downloading the Firestore emulator (once) …');
  try {
    await promisify(execFile)(process.execPath, [CLI, 'setup:emulators:firestore'], {
      cwd: repositoryRoot,
      env: cliEnvironment(javaFolder),
      timeout: DOWNLOAD_LIMIT_MS,
    });
  } catch {
    throw new StartError(
      'No Firestore emulator was found and the Firebase CLI could not download it: check the network, or set FIRESTORE_EMULATOR_BINARY_PATH.',
    );
  }
}

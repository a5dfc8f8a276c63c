import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { endBackground } from './endBackground';
import { startBackground } from './startBackground';
import { waitUntilReady } from './waitUntilReady';
import { cliEnvironment } from './cliEnvironment';
import { EMULATORS, emulatorConfig, STACK_PORTS, type Emulator, type StackPorts } from './emulatorConfig';
import { endMarked } from './endMarked';
import { findFirestoreJar } from './findFirestoreJar';
import { findJava } from './findJava';
import { CLI, PROJECT } from './firebaseCli';
import { freePorts } from './freePorts';
import { logFile } from './logFolder';
import { logTail } from './logTail';
import { MARK, newMark } from './mark';
import { repositoryRoot } from './repositoryRoot';
import { StartError } from './startError';
import { startReaper } from './startReaper';

export interface StackOptions {
  /** Which emulators; all by default. */
  only?: Emulator[];
  /** By default free ones. */
  ports?: StackPorts;
  /** Reaches the functions as PROVIDER_SANDBOX_ORIGIN. */
  sandboxOrigin: string;
  /** More environment for the functions. */
  env?: Record<string, string>;
  /** Gives up a start that is under way. */
  interrupted?: AbortSignal;
}

export interface Stack {
  functionsOrigin: string;
  hostingOrigin: string;
  /** host:port, as FIRESTORE_EMULATOR_HOST and FIREBASE_AUTH_EMULATOR_HOST want them. */
  firestoreHost: string;
  authHost: string;
  log: string;
  /** Resolves when the emulators end without having been asked. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** A cold start on a busy machine with two cores. */
const LIMIT_MS = 180_000;
/** The CLI ends its emulators one after the other. */
const STOP_MS = 15_000;
const KEEP_CONNECTIONS = join(__dirname, 'keepConnections.js');

/**
 * Starts the Firebase emulators on functions/ as it is built.
 * @throws StartError when something is missing, does not start in time or functions/ does not load.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const only = options.only ?? [...EMULATORS];
  const javaFolder = await findJava();
  const jar = only.includes('firestore') ? await findFirestoreJar(javaFolder) : undefined;
  const ports = options.ports ?? (await freePorts(STACK_PORTS));
  const mark = newMark();
  // functions.source may not lie outside of the config's folder, so it stands in the root beside the real one.
  const config = join(repositoryRoot, `firebase.local-${mark}.json`);
  const log = logFile(join(`stack-${ports.functions}`, 'emulators'));
  const letReaperGo = startReaper(mark, [config]);
  const cleanUp = async (): Promise<void> => {
    await endMarked(mark);
    rmSync(config, { force: true });
    letReaperGo();
  };
  try {
    writeFileSync(config, emulatorConfig(ports));
    const cli = await startBackground(
      'The Firebase CLI',
      process.execPath,
      [
        ...['--require', KEEP_CONNECTIONS, CLI, 'emulators:start'],
        ...['--project', PROJECT, '--config', config, '--only', only.join(',')],
      ],
      {
        // The CLI and the emulators leave their own logs in the folder where they run.
        cwd: dirname(log),
        env: cliEnvironment(javaFolder, {
          ...(jar === undefined ? {} : { FIRESTORE_EMULATOR_BINARY_PATH: jar }),
          PROVIDER_SANDBOX_ORIGIN: options.sandboxOrigin,
          ...options.env,
          [MARK]: mark,
        }),
        log,
      },
    );
    const ready = (): Promise<boolean> => Promise.resolve(saysReady(log));
    await waitUntilReady('The emulator suite', cli, ready, LIMIT_MS, options.interrupted);
    let stopping = false;
    return {
      functionsOrigin: `http://127.0.0.1:${ports.functions}`,
      hostingOrigin: `http://127.0.0.1:${ports.hosting}`,
      firestoreHost: `127.0.0.1:${ports.firestore}`,
      authHost: `127.0.0.1:${ports.auth}`,
      log,
      ended: new Promise((resolve) => void cli.exited.then(() => (stopping ? undefined : resolve()))),
      stop: async () => {
        stopping = true;
        await endBackground(cli, 'SIGINT', STOP_MS);
        await cleanUp();
      },
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

/**
 * The CLI calls itself ready even when functions/ did not load.
 * @throws StartError in that case.
 */
function saysReady(log: string): boolean {
  const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
  if (text.includes('Failed to load function definition')) {
    throw new StartError(`The functions could not be loaded; the end of ${log}:\n${logTail(log)}`);
  }
  return text.includes('All emulators ready!');
}

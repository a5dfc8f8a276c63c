import { join } from 'node:path';
import { answersHttp } from './answersHttp';
import { endBackground } from './endBackground';
import { startBackground } from './startBackground';
import { waitUntilReady } from './waitUntilReady';
import { endMarked } from './endMarked';
import { findFirestoreJar } from './findFirestoreJar';
import { findJava } from './findJava';
import { freePorts } from './freePorts';
import { logFile } from './logFolder';
import { MARK, newMark } from './mark';
import { repositoryRoot } from './repositoryRoot';
import { startReaper } from './startReaper';

export interface FirestoreEmulator {
  /** host:port, as FIRESTORE_EMULATOR_HOST wants it. */
  host: string;
  stop(): Promise<void>;
}

const LIMIT_MS = 120_000;
/**
 * The collector for throughput: with Java's default one a mix of requests is a third slower on two cores. The heap is
 * 1 GiB from the start, for suites fill it within seconds.
 */
const JAVA_OPTIONS = ['-Duser.language=en', '-XX:+UseParallelGC', '-Xms1g'] as const;

/**
 * Starts only the Firestore emulator, with the repository's rules, for whatever project id it is asked.
 * @param options.port a free one by default
 * @throws StartError when Java or the emulator is missing or it does not start.
 */
export async function startFirestore(
  options: { port?: number; interrupted?: AbortSignal } = {},
): Promise<FirestoreEmulator> {
  const javaFolder = await findJava();
  const jar = await findFirestoreJar(javaFolder);
  const port = options.port ?? (await freePorts(['firestore'])).firestore;
  const mark = newMark();
  const letReaperGo = startReaper(mark, []);
  const rules = join(repositoryRoot, 'firestore.rules');
  const stop = async (): Promise<void> => {
    await endMarked(mark);
    letReaperGo();
  };
  try {
    const java = await startBackground(
      'The Firestore emulator',
      join(javaFolder, 'java'),
      [...JAVA_OPTIONS, '-jar', jar, '--host', '127.0.0.1', '--port', String(port), '--rules', rules],
      { cwd: repositoryRoot, env: { ...process.env, [MARK]: mark }, log: logFile(`firestore-${port}`) },
    );
    await waitUntilReady(
      'The Firestore emulator',
      java,
      () => answersHttp(`http://127.0.0.1:${port}/`),
      LIMIT_MS,
    );
    return {
      host: `127.0.0.1:${port}`,
      stop: async () => {
        await endBackground(java, 'SIGTERM', 5_000);
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

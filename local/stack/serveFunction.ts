import { join } from 'node:path';
import { listens } from './listens';
import { type ExitFacts } from './backgroundProcess';
import { endBackground } from './endBackground';
import { startBackground } from './startBackground';
import { waitUntilReady } from './waitUntilReady';
import { endMarked } from './endMarked';
import { PROJECT } from './firebaseCli';
import { freePorts } from './freePorts';
import { logFile } from './logFolder';
import { logTail } from './logTail';
import { MARK, newMark } from './mark';
import { readFunctionsEnvironment } from './readFunctionsEnvironment';
import { repositoryRoot } from './repositoryRoot';
import { startReaper } from './startReaper';

export interface ServeOptions {
  /** The exported name in functions/src/index.ts. */
  target: string;
  /** http (webhooks, callables, schedules) or cloudevent (triggers). */
  signatureType?: 'http' | 'cloudevent';
  /** At least FIRESTORE_EMULATOR_HOST and PROVIDER_SANDBOX_ORIGIN; they win over the local files' values. */
  env: Record<string, string>;
}

export interface ServedFunction {
  origin: string;
  pid: number;
  kill: (signal: NodeJS.Signals) => void;
  /** Resolves when the process is gone, however it went. */
  exited: Promise<ExitFacts>;
  stop(): Promise<ExitFacts>;
  /** What it wrote last, for a failing test's message. */
  logTail(lines?: number): string;
}

const FRAMEWORK = join(repositoryRoot, 'node_modules/@google-cloud/functions-framework/build/src/main.js');
const LIMIT_MS = 120_000;

/**
 * Serves one built function as production does: one process of the functions framework, many requests.
 * @throws StartError with the end of the log when it does not listen in time.
 */
export async function serveFunction(options: ServeOptions): Promise<ServedFunction> {
  const { port } = await freePorts(['port']);
  const mark = newMark();
  const letReaperGo = startReaper(mark, []);
  const environment = {
    ...process.env,
    ...readFunctionsEnvironment(),
    GCLOUD_PROJECT: PROJECT,
    METADATA_SERVER_DETECTION: 'none',
    FUNCTION_TARGET: options.target,
    FUNCTION_SIGNATURE_TYPE: options.signatureType ?? 'http',
    PORT: String(port),
    ...options.env,
    [MARK]: mark,
  };
  const name = `Function ${options.target}`;
  const log = logFile(`function-${options.target}-${port}`);
  try {
    const child = await startBackground(name, process.execPath, [FRAMEWORK], {
      cwd: join(repositoryRoot, 'functions'),
      env: environment,
      log,
    });
    void child.exited.then(letReaperGo);
    await waitUntilReady(name, child, () => listens(port), LIMIT_MS);
    return {
      origin: `http://127.0.0.1:${port}`,
      pid: child.pid,
      kill: child.kill,
      exited: child.exited,
      stop: () => endBackground(child, 'SIGTERM', 5_000),
      logTail: (lines) => logTail(log, lines),
    };
  } catch (error) {
    await endMarked(mark);
    letReaperGo();
    throw error;
  }
}

import { listens } from './listens';
import { type ExitFacts } from './backgroundProcess';
import { endBackground } from './endBackground';
import { startBackground } from './startBackground';
import { waitUntilReady } from './waitUntilReady';
import { endMarked } from './endMarked';
import { freePorts } from './freePorts';
import { functionProcess, type ServeOptions } from './functionProcess';
import { logFile } from './logFolder';
import { logTail } from './logTail';
import { MARK, newMark } from './mark';
import { startReaper } from './startReaper';

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

const LIMIT_MS = 120_000;

/**
 * Serves one built function as production does: one process of the functions framework, many requests.
 * @throws StartError with the end of the log when it does not listen in time.
 */
export async function serveFunction(options: ServeOptions): Promise<ServedFunction> {
  const { port } = await freePorts(['port']);
  const mark = newMark();
  const letReaperGo = startReaper(mark, []);
  const name = `Function ${options.target}`;
  const log = logFile(`function-${options.target}-${port}`);
  try {
    const { command, parameters, cwd, env } = functionProcess(options, port);
    const child = await startBackground(name, command, parameters, {
      cwd,
      env: { ...env, [MARK]: mark },
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

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePorts } from '../../local/stack/freePorts';
import { functionProcess, type ServeOptions } from '../../local/stack/functionProcess';

const POLL_MS = 5;
const LIMIT_MS = 60_000;

/**
 * Starts the process of a function and posts to it until it answers.
 *
 * @returns milliseconds from the start of the process to the end of the first answer
 * @throws Error when the answer is not a 2xx
 */
export async function firstAnswer(
  options: ServeOptions,
  post: (origin: string) => Promise<number>,
): Promise<number> {
  const { port } = await freePorts(['port']);
  const { command, parameters, cwd, env } = functionProcess(options, port);
  const began = performance.now();
  const child = spawn(command, parameters, { cwd, env, stdio: 'ignore' });
  try {
    while (performance.now() - began < LIMIT_MS) {
      // Refused until the process listens.
      const status = await post(`http://127.0.0.1:${port}`).catch(() => null);
      if (status !== null) {
        const ms = performance.now() - began;
        if (status >= 300) throw new Error(`the first answer of ${options.target} was ${status}`);
        return ms;
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    throw new Error(`${options.target} did not answer in ${LIMIT_MS} ms`);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

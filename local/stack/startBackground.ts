import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { type BackgroundProcess, type ExitFacts } from './backgroundProcess';
import { StartError } from './startError';

/**
 * Starts a program in a process group of its own (the terminal's Ctrl-C does not reach it: its launcher ends
 * it in order), with its output in a file that outlives the launcher.
 * @throws StartError when the program cannot be started at all.
 */
export async function startBackground(
  name: string,
  command: string,
  parameters: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; log: string },
): Promise<BackgroundProcess> {
  const output = openSync(options.log, 'w');
  const child = spawn(command, parameters, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  let exit: ExitFacts | undefined;
  const exited = new Promise<ExitFacts>((resolve) => {
    child.once('exit', (code, signal) => {
      exit = { code, signal };
      resolve(exit);
    });
  });
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid ?? 0));
    child.once('error', (error) => reject(new StartError(`${name} could not be started: ${error.message}.`)));
  });
  return {
    pid,
    log: options.log,
    exited,
    hasExited: () => exit !== undefined,
    kill: (signal) => void child.kill(signal),
  };
}

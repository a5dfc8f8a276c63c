import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from './startError';
import { logTail } from './logTail';

export interface ExitFacts {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface BackgroundProcess {
  pid: number;
  log: string;
  exited: Promise<ExitFacts>;
  hasExited: () => boolean;
  kill: (signal: NodeJS.Signals) => void;
}

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

/**
 * Polls until the program is ready.
 * @throws StartError with the end of its log when it ends first or the limit is over; the reason of `interrupted`.
 */
export async function waitUntilReady(
  name: string,
  started: BackgroundProcess,
  isReady: () => Promise<boolean>,
  limitMs: number,
  interrupted?: AbortSignal,
): Promise<void> {
  const began = Date.now();
  while (!(await isReady())) {
    interrupted?.throwIfAborted();
    const trouble = started.hasExited()
      ? 'ended while starting'
      : Date.now() - began > limitMs
        ? `was not ready after ${Math.round(limitMs / 1000)} s`
        : undefined;
    if (trouble !== undefined) {
      throw new StartError(`${name} ${trouble}; the end of ${started.log}:\n${logTail(started.log)}`);
    }
    await sleep(100);
  }
}

/** Asks a program to end and kills it when it does not. Its children are another matter (endMarked). */
export async function endBackground(
  started: BackgroundProcess,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<ExitFacts> {
  if (!started.hasExited()) started.kill(signal);
  const timer = setTimeout(() => started.kill('SIGKILL'), graceMs);
  const facts = await started.exited;
  clearTimeout(timer);
  return facts;
}

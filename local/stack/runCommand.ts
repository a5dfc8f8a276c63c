import { StartError } from './startError';

/** Why a command was broken off; its message is what the user sees. */
class Interruption extends Error {
  constructor(readonly exitCode: number) {
    super('Interrupted.');
  }
}

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Runs a command to its end and ends the process with its exit code. A signal, or the death of the bootstrap
 * that started us, aborts `interrupted` once; more of them change nothing, because Ctrl-C reaches us from the
 * terminal and from npm. Whatever the command started it has stopped when its promise settles.
 */
export function runCommand(command: (interrupted: AbortSignal) => Promise<number>): void {
  const controller = new AbortController();
  const interrupt = (exitCode: number): void => {
    if (!controller.signal.aborted) controller.abort(new Interruption(exitCode));
  };
  for (const [signal, exitCode] of Object.entries(EXIT_CODES)) {
    process.on(signal, () => {
      interrupt(exitCode);
    });
  }
  process.once('disconnect', () => {
    interrupt(EXIT_CODES.SIGTERM);
  });
  void command(controller.signal)
    .catch((error: unknown) => {
      if (error instanceof Interruption) return error.exitCode;
      console.error(error instanceof StartError ? error.message : error);
      return 1;
    })
    // Open connections (gRPC) would keep the process alive.
    .then((exitCode) => process.exit(exitCode));
}

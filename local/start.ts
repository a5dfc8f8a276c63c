import { parseArgs } from 'node:util';
import { playSampleDay } from './sample-day/playSampleDay';
import { hostingTargets } from './sandbox/hostingTargets';
import { startSandbox } from './sandbox/startSandbox';
import { STACK_PORTS } from './stack/emulatorConfig';
import { freePorts } from './stack/freePorts';
import { LocalClock } from './stack/localClock';
import { portBase } from './stack/portBase';
import { pruneLogs } from './stack/pruneLogs';
import { runCommand } from './stack/runCommand';
import { removeStackNote, writeStackNote } from './stack/stackNote';
import { StartError } from './stack/startError';
import { startStack } from './stack/startStack';
import { untilAborted } from './stack/untilAborted';

const PORTS = ['sandbox', ...STACK_PORTS] as const;

/**
 * `npm start [-- --once] [--sealed]`: the local stack with its sample day; stays up until Ctrl-C unless asked otherwise. With
 * `--sealed` contact data is sealed from the beginning.
 */
async function start(interrupted: AbortSignal): Promise<number> {
  const { once, sealed } = readOptions();
  pruneLogs();
  const ports = await freePorts(PORTS, portBase(PORTS.length));
  const clock = new LocalClock(`stack-${ports.functions}`);
  const sandbox = await startSandbox({ port: ports.sandbox, webhookTargets: {}, now: () => clock.now() });
  try {
    console.log('Starting the emulators …');
    const stack = await startStack({
      ports,
      sandboxOrigin: sandbox.origin,
      env: { RECOUP_CLOCK_FILE: clock.file },
      interrupted,
    });
    try {
      // The way that callbacks take in production: Hosting first.
      Object.assign(sandbox.webhookTargets, hostingTargets(stack.hostingOrigin));
      const { functionsOrigin, hostingOrigin, firestoreHost, authHost } = stack;
      const origins = {
        functionsOrigin,
        hostingOrigin,
        firestoreHost,
        authHost,
        sandboxOrigin: sandbox.origin,
      };
      writeStackNote({ pid: process.pid, ...origins });
      console.log(`FIRESTORE_EMULATOR_HOST=${firestoreHost}`);
      console.log(`FUNCTIONS_EMULATOR_ORIGIN=${functionsOrigin}`);
      console.log(`PROVIDER_SANDBOX_ORIGIN=${sandbox.origin}`);
      console.log(`OPERATORS_CONSOLE=${hostingOrigin}/console/`);

      const ended = stack.ended.then(() => {
        throw new StartError(`The emulators ended by themselves; ${stack.log} may say why.`);
      });
      const broken = Promise.race([untilAborted(interrupted), ended]);
      const succeeded = await Promise.race([
        playSampleDay(origins, clock, { sealed, log: stack.log }),
        broken,
      ]);
      if (once) return succeeded ? 0 : 1;
      console.log(`\nLogs: ${stack.log}\nThe stack stays up; Ctrl-C stops it.`);
      // From here on an interruption is the ordinary end.
      await Promise.race([untilAborted(interrupted).catch(() => undefined), ended]);
      console.log('\nStopping …');
      return 0;
    } finally {
      await stack.stop();
      removeStackNote();
    }
  } finally {
    await sandbox.stop();
  }
}

function readOptions(): { once: boolean; sealed: boolean } {
  try {
    const no = { type: 'boolean', default: false } as const;
    return parseArgs({ options: { once: no, sealed: no } }).values;
  } catch {
    throw new StartError('Usage: npm start [-- --once] [--sealed]');
  }
}

runCommand(start);

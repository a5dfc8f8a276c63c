import { hostingTargets } from '../sandbox/hostingTargets';
import { startSandbox } from '../sandbox/startSandbox';
import { STACK_PORTS } from '../stack/emulatorConfig';
import { freePorts } from '../stack/freePorts';
import { LocalClock } from '../stack/localClock';
import { portBase } from '../stack/portBase';
import { startFirestore } from '../stack/startFirestore';
import { startStack } from '../stack/startStack';
import { neededFor } from './neededFor';
import { readTestTotals, type TestTotals } from './readTestTotals';
import { runJest } from './runJest';

const PORTS = ['firestoreAlone', 'sandbox', ...STACK_PORTS] as const;

/** Starts what the suites that jest's arguments choose need, runs them, and stops everything again. */
export async function runSuites(parameters: string[], interrupted: AbortSignal): Promise<TestTotals> {
  const stops: (() => Promise<void>)[] = [];
  try {
    const ports = await freePorts(PORTS, portBase(PORTS.length));
    const needed = await neededFor(parameters);
    const env: Record<string, string> = {};
    if (needed.firestore) {
      const firestore = await startFirestore({ port: ports.firestoreAlone, interrupted });
      stops.push(() => firestore.stop());
      env['FIRESTORE_EMULATOR_HOST'] = firestore.host;
    }
    if (needed.stack) {
      const clock = new LocalClock(`suites-${ports.functions}`);
      stops.push(() => {
        clock.present();
        return Promise.resolve();
      });
      const sandbox = await startSandbox({ port: ports.sandbox, webhookTargets: {} });
      stops.push(() => sandbox.stop());
      const stack = await startStack({
        ports,
        sandboxOrigin: sandbox.origin,
        env: { RECOUP_CLOCK_FILE: clock.file },
        interrupted,
      });
      stops.push(() => stack.stop());
      Object.assign(sandbox.webhookTargets, hostingTargets(stack.hostingOrigin));
      env['RECOUP_E2E_FUNCTIONS_ORIGIN'] = stack.functionsOrigin;
      env['RECOUP_E2E_HOSTING_ORIGIN'] = stack.hostingOrigin;
      env['RECOUP_E2E_FIRESTORE_HOST'] = stack.firestoreHost;
      env['RECOUP_E2E_AUTH_HOST'] = stack.authHost;
      env['RECOUP_E2E_CLOCK_FILE'] = clock.file;
      env['RECOUP_E2E_SANDBOX_ORIGIN'] = sandbox.origin;
    }
    await runJest(parameters, env, interrupted);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
  return readTestTotals();
}

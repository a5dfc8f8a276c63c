import { rmSync, writeFileSync } from 'node:fs';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';

// The functions emulator starts a process for each function that is called, which on a busy machine takes seconds each.
jest.setTimeout(180_000);

export interface E2eStack {
  readonly functionsOrigin: string;
  readonly hostingOrigin: string;
  readonly authHost: string;
  readonly sandboxOrigin: string;
  readonly db: Firestore;
  /** Sets the clock of the functions; null: the present. */
  travel(instant: string | null): void;
  /** URL of an HTTPS function on the functions emulator. */
  url(functionName: string): string;
  stop(): Promise<void>;
}

/** The whole local stack, which `npm test` has started before the suites. */
export function e2eStack(): E2eStack {
  const functionsOrigin = required('RECOUP_E2E_FUNCTIONS_ORIGIN');
  const firestoreHost = required('RECOUP_E2E_FIRESTORE_HOST');
  // The other suites' emulator is in the environment, which the client reads; this suite's is another.
  process.env['FIRESTORE_EMULATOR_HOST'] = firestoreHost;
  const app = initializeApp({ projectId: 'demo-recoup' }, `e2e-${performance.now()}`);
  return {
    functionsOrigin,
    hostingOrigin: required('RECOUP_E2E_HOSTING_ORIGIN'),
    authHost: required('RECOUP_E2E_AUTH_HOST'),
    sandboxOrigin: required('RECOUP_E2E_SANDBOX_ORIGIN'),
    db: getFirestore(app),
    travel: (instant) => {
      const file = required('RECOUP_E2E_CLOCK_FILE');
      if (instant === null) rmSync(file, { force: true });
      else writeFileSync(file, instant);
    },
    url: (functionName) => `${functionsOrigin}/demo-recoup/europe-west2/${functionName}`,
    stop: () => deleteApp(app),
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run the suites with npm test.`);
  return value;
}

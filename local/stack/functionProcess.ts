import { join } from 'node:path';
import { PROJECT } from './firebaseCli';
import { readFunctionsEnvironment } from './readFunctionsEnvironment';
import { repositoryRoot } from './repositoryRoot';

export interface ServeOptions {
  /** The exported name in functions/src/index.ts. */
  target: string;
  /** http (webhooks, callables, schedules) or cloudevent (triggers). */
  signatureType?: 'http' | 'cloudevent';
  /** At least FIRESTORE_EMULATOR_HOST and PROVIDER_SANDBOX_ORIGIN; they win over the local files' values. */
  env: Record<string, string>;
}

/** The functions with every branch counted, and what keeps the counts (`npm run test:coverage`). */
export const COVERED = join(repositoryRoot, 'functions/lib/covered');
const KEEPS_COUNTS = join(repositoryRoot, 'local/coverage/inProcess.cjs');

const FRAMEWORK = join(repositoryRoot, 'node_modules/@google-cloud/functions-framework/build/src/main.js');

/** How the process of one built function is started, as production runs it: the functions framework, many requests. */
export function functionProcess(
  options: ServeOptions,
  port: number,
): { command: string; parameters: string[]; cwd: string; env: NodeJS.ProcessEnv } {
  const isCounted = process.env['RECOUP_COVERAGE'] !== undefined;
  return {
    command: process.execPath,
    parameters: isCounted ? ['--require', KEEPS_COUNTS, FRAMEWORK, `--source=${COVERED}`] : [FRAMEWORK],
    cwd: join(repositoryRoot, 'functions'),
    env: {
      ...process.env,
      ...readFunctionsEnvironment(),
      GCLOUD_PROJECT: PROJECT,
      METADATA_SERVER_DETECTION: 'none',
      FUNCTION_TARGET: options.target,
      FUNCTION_SIGNATURE_TYPE: options.signatureType ?? 'http',
      PORT: String(port),
      ...options.env,
    },
  };
}

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

const FRAMEWORK = join(repositoryRoot, 'node_modules/@google-cloud/functions-framework/build/src/main.js');

/** How the process of one built function is started, as production runs it: the functions framework, many requests. */
export function functionProcess(
  options: ServeOptions,
  port: number,
): { command: string; parameters: string[]; cwd: string; env: NodeJS.ProcessEnv } {
  return {
    command: process.execPath,
    parameters: [FRAMEWORK],
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

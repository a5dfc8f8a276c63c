import { delimiter, join } from 'node:path';
import { privateFolder } from './logFolder';

/** Variables that would let an emulator use somebody's real account. */
const CREDENTIALS = ['GOOGLE_APPLICATION_CREDENTIALS', 'FIREBASE_TOKEN', 'GOOGLE_CLOUD_QUOTA_PROJECT'];

/**
 * The environment of the Firebase CLI: our Java first on PATH; no message of the day (CI), no update check, no
 * analytics and no signed-in user (its settings folder is ours and empty).
 */
export function cliEnvironment(javaFolder: string, extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: `${javaFolder}${delimiter}${process.env['PATH'] ?? ''}`,
    CI: '1',
    NO_UPDATE_NOTIFIER: '1',
    // Seconds. The emulator starts a process for each request in flight; thirty at once on two cores take longer to
    // load than the 30 s that it waits by default, and a request whose process it gave up on is never answered.
    FUNCTIONS_DISCOVERY_TIMEOUT: '240',
    XDG_CONFIG_HOME: join(privateFolder, 'cli-settings'),
    ...extra,
  };
  for (const name of CREDENTIALS) Reflect.deleteProperty(environment, name);
  return environment;
}

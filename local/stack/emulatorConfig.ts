import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from './repositoryRoot';

export const EMULATORS = ['functions', 'firestore', 'hosting', 'auth', 'tasks'] as const;
export type Emulator = (typeof EMULATORS)[number];

/** Every port that a stack takes, in the order of a block. */
export const STACK_PORTS = [...EMULATORS, 'firestoreWebsocket', 'eventarc', 'hub', 'logging'] as const;
export type StackPorts = Record<(typeof STACK_PORTS)[number], number>;

/** firebase.json as it is deployed, with these ports for the emulators and no user interface. */
export function emulatorConfig(ports: StackPorts): string {
  const deployed = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(withEmulatorsInPolicy(readFileSync(join(repositoryRoot, 'firebase.json'), 'utf8'))));
  const at = (port: number): { host: string; port: number } => ({ host: '127.0.0.1', port });
  const emulators = {
    ui: { enabled: false },
    functions: at(ports.functions),
    firestore: { ...at(ports.firestore), websocketPort: ports.firestoreWebsocket },
    hosting: at(ports.hosting),
    auth: at(ports.auth),
    tasks: at(ports.tasks),
    eventarc: at(ports.eventarc),
    hub: at(ports.hub),
    logging: at(ports.logging),
  };
  return `${JSON.stringify({ ...deployed, emulators }, null, 2)}\n`;
}

/** The console may connect to what is its own and Google's; here that is the emulators. */
function withEmulatorsInPolicy(config: string): string {
  return config.replaceAll("connect-src 'self'", "connect-src 'self' http://127.0.0.1:*");
}

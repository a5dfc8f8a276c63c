import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import type * as clockModule from '../../../functions/src/platform/clock';
import type * as configModule from '../../../functions/src/platform/config';
import type * as emailGateway from '../../../functions/src/providers/sendgrid/emailGateway';
import type * as mailService from '../../../functions/src/providers/sendgrid/createMailService';
import type * as identityGateway from '../../../functions/src/providers/auth/identityGateway';
import type * as connectGateway from '../../../functions/src/providers/stripe/connectGateway';
import type * as stripeClient from '../../../functions/src/providers/stripe/createStripeClient';
import type * as stripeGateway from '../../../functions/src/providers/stripe/stripeGateway';
import type * as taskQueues from '../../../functions/src/providers/tasks/taskQueues';
import type * as twilioClient from '../../../functions/src/providers/twilio/createTwilioClient';
import type * as smsGateway from '../../../functions/src/providers/twilio/smsGateway';
import { type Deps } from '../../../functions/src/usecases/deps';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';

const LIB = join(repositoryRoot, 'functions/lib') + sep;
const functionsRequire = createRequire(join(repositoryRoot, 'functions/package.json'));

/** Where the handlers are, and what the driver stands in for. */
const ROOMS = ['webhooks', 'pages', 'scheduled', 'tasks', 'callable', 'wire', 'providers', 'platform'];

/** Whatever it takes, and whatever it gives. */
export type Handler = (...args: unknown[]) => Promise<unknown>;

interface Modules {
  'platform/clock': typeof clockModule;
  'platform/config': typeof configModule;
  'providers/auth/identityGateway': typeof identityGateway;
  'providers/sendgrid/emailGateway': typeof emailGateway;
  'providers/sendgrid/createMailService': typeof mailService;
  'providers/stripe/connectGateway': typeof connectGateway;
  'providers/stripe/createStripeClient': typeof stripeClient;
  'providers/stripe/stripeGateway': typeof stripeGateway;
  'providers/tasks/taskQueues': typeof taskQueues;
  'providers/twilio/createTwilioClient': typeof twilioClient;
  'providers/twilio/smsGateway': typeof smsGateway;
}

/**
 * The functions as they are built, once more, with all that their modules keep for themselves: what two processes have
 * apart, such as who waits for whom, two of these have apart as well.
 */
export class Code {
  private readonly modules = loadAll();
  /** What the handlers get; null while nobody is to be served. */
  deps: Deps | null = null;
  /** Told of every crash point that is passed. */
  onCrashPoint: (name: string) => void = () => undefined;

  constructor() {
    // The two places at which the driver stands in for what a process has from outside: its surroundings and its end.
    const wire = this.load('wire/deps') as { deps: () => Promise<Deps> };
    wire.deps = () =>
      this.deps === null ? Promise.reject(new Error('this instance is gone')) : Promise.resolve(this.deps);
    const platform = this.load('platform/crashPoint') as { crashPoint: (name: string) => void };
    platform.crashPoint = (name) => this.onCrashPoint(name);
  }

  /** A module of the functions that the driver itself needs. */
  module<K extends keyof Modules>(name: K): Modules[K] {
    return this.load(name) as Modules[K];
  }

  /** An exported handler. */
  handler(module: string, name: string): Handler {
    const found = (this.load(module) as Record<string, Handler | undefined>)[name];
    if (found === undefined) throw new Error(`${module} exports no ${name}`);
    return found;
  }

  private load(name: string): unknown {
    const module = this.modules.get(name);
    if (module === undefined) throw new Error(`the functions have no module ${name}`);
    return module;
  }
}

/** Whatever the outside calls, with all that it needs below, loaded anew. */
function loadAll(): Map<string, unknown> {
  const names = ROOMS.flatMap((room) =>
    readdirSync(join(LIB, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js'))
      .map((file) => `${room}/${file.slice(0, -'.js'.length).split(sep).join('/')}`),
  );
  try {
    return new Map(names.map((name) => [name, functionsRequire(`${LIB}${name}.js`) as unknown]));
  } finally {
    for (const path of Object.keys(functionsRequire.cache)) {
      if (path.startsWith(LIB)) Reflect.deleteProperty(functionsRequire.cache, path);
    }
  }
}

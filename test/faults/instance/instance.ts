import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as adminApp from 'firebase-admin/app';
import type * as adminAuth from 'firebase-admin/auth';
import type * as adminFirestore from 'firebase-admin/firestore';
import type * as adminFunctions from 'firebase-admin/functions';
import { type Deps } from '../../../functions/src/usecases/deps';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';
import { type Door } from '../wire/door';
import { chanceOf } from './chance';
import { type Code } from './code';
import { openRelay, type Relay } from './relay';

const fromFunctions = createRequire(join(repositoryRoot, 'functions/package.json'));
const { deleteApp, initializeApp } = fromFunctions('firebase-admin/app') as typeof adminApp;
const { getAuth } = fromFunctions('firebase-admin/auth') as typeof adminAuth;
const { getFirestore } = fromFunctions('firebase-admin/firestore') as typeof adminFirestore;
const { getFunctions } = fromFunctions('firebase-admin/functions') as typeof adminFunctions;

/** Where its chance comes from: each plan has another seed. */
type Seed = Parameters<typeof chanceOf>[0];

/** What an instance stands in. */
export interface Surroundings {
  readonly projectId: string;
  readonly door: Door;
  readonly providersPort: () => number;
  readonly now: () => Date;
}

let instances = 0;

/** One instance of the functions: its own modules, clients and clock, in this process. */
export class Instance {
  /** Resolves when it was killed. */
  readonly gone: Promise<void>;
  private tellGone: () => void = () => undefined;
  private isGone = false;
  private readonly work = new Set<Promise<unknown>>();

  private constructor(
    readonly code: Code,
    readonly door: Door,
    private readonly relay: Relay,
    private readonly app: adminApp.App,
    private readonly db: adminFirestore.Firestore,
  ) {
    this.gone = new Promise((resolve) => {
      this.tellGone = resolve;
    });
  }

  static async start(code: Code, at: Surroundings, seed: Seed): Promise<Instance> {
    const relay = await openRelay(at.providersPort);
    instances += 1;
    const app = initializeApp({ projectId: at.projectId }, `instance-${instances}`);
    // The library takes the address from the environment when it is made, and only then.
    process.env['FIRESTORE_EMULATOR_HOST'] = at.door.host;
    const db = getFirestore(app);
    // A door may get the port of one that was closed: connections, and how long to wait for them, are shared by address.
    db.settings({ 'grpc.use_local_subchannel_pool': 1 });
    const instance = new Instance(code, at.door, relay, app, db);
    code.deps = instance.depsFor(at.now, seed);
    return instance;
  }

  get alive(): boolean {
    return !this.isGone;
  }

  /** Has it work on something. @returns null when it died meanwhile: then nobody heard anything */
  async run<T>(work: () => Promise<T>): Promise<{ readonly value: T } | null> {
    const running = work();
    const seen = running.then(
      () => undefined,
      () => undefined,
    );
    this.work.add(seen);
    void seen.then(() => this.work.delete(seen));
    const result = await Promise.race([running.then((value) => ({ value })), this.gone.then(() => null)]);
    return this.isGone ? null : result;
  }

  /** From this moment on nothing of it reaches anybody. What it was at work on finds every way shut, and ends. */
  kill(): void {
    if (this.isGone) return;
    this.isGone = true;
    this.door.shut();
    this.relay.cut();
    this.code.deps = null;
    this.tellGone();
  }

  /** Resolves when it is quite still: only then may its modules serve another. */
  async still(): Promise<void> {
    await Promise.all(this.work);
    void deleteApp(this.app).catch(() => undefined);
    this.door.close();
  }

  private depsFor(now: () => Date, seed: Seed): Deps {
    const { code, relay, app } = this;
    const { loadConfig, secretOf } = code.module('platform/config');
    const { StripeGateway } = code.module('providers/stripe/stripeGateway');
    const { ConnectGateway } = code.module('providers/stripe/connectGateway');
    const { IdentityGateway } = code.module('providers/auth/identityGateway');
    const { SmsGateway } = code.module('providers/twilio/smsGateway');
    const { EmailGateway } = code.module('providers/sendgrid/emailGateway');
    const { TaskQueues } = code.module('providers/tasks/taskQueues');
    const config = { ...loadConfig(), providerSandboxOrigin: relay.origin };
    const [token = ''] = secretOf(config, 'twilioAuthTokens');
    const stripe = once(() =>
      code
        .module('providers/stripe/createStripeClient')
        .createStripeClient(secretOf(config, 'stripeSecretKey'), relay.origin),
    );
    return {
      db: this.db,
      clock: { now },
      random: chanceOf(seed),
      config,
      stripe: new StripeGateway(stripe),
      connect: new ConnectGateway(stripe),
      identity: new IdentityGateway(() =>
        this.isGone ? Promise.reject(new Error('this instance is gone')) : Promise.resolve(getAuth(app)),
      ),
      sms: new SmsGateway(
        once(() =>
          Promise.resolve(
            code
              .module('providers/twilio/createTwilioClient')
              .createTwilioClient(secretOf(config, 'twilioAccountSid'), token, relay.origin),
          ),
        ),
        config.twilioFrom,
      ),
      email: new EmailGateway(
        once(() =>
          Promise.resolve(
            code
              .module('providers/sendgrid/createMailService')
              .createMailService(secretOf(config, 'sendgridApiKey'), relay.origin),
          ),
        ),
        { email: config.emailFrom, name: config.emailFromName },
      ),
      queues: new TaskQueues(() =>
        this.isGone ? Promise.reject(new Error('this instance is gone')) : Promise.resolve(getFunctions(app)),
      ),
    };
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

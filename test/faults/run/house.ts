import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type DocumentData, type Firestore, getFirestore } from 'firebase-admin/firestore';
import { type Sandbox, startSandbox } from '../../../local/sandbox/startSandbox';
import { LocalClock } from '../../../local/stack/localClock';
import { readFunctionsEnvironment } from '../../../local/stack/readFunctionsEnvironment';
import { repositoryRoot } from '../../../local/stack/repositoryRoot';
import { SeededRandom } from '../../support/random';
import { control } from '../../support/sandboxControl';
import { scheduledFor } from '../../support/jobTick';
import { type AuthInbox, startAuthInbox } from '../../support/authInbox';
import { startTaskInbox, type TaskInbox } from '../../support/taskInbox';
import { Code } from '../instance/code';
import { Instance } from '../instance/instance';
import { type Door, openDoor } from '../wire/door';
import { Ledger } from '../wire/ledger';
import { OpenTransactions } from '../wire/openTransactions';
import { Upstream } from '../wire/upstream';
import { type Rule } from '../wire/verdict';
import { everyDocument } from './documents';
import { type Scene } from './scene';

/** Schedule times lie before any time that a story is played in: a later one would be the job's present. */
const FIRST_TICK = Date.parse('2026-01-01T00:00:00Z');
const TUESDAY = '2026-11-24T10:00:00Z';

/** Two of them are enough for every race, and a story is quickest where they are warm. */
export const INSTANCES = 2;

/** One lane's world: a project of its own, its providers, queues and clock, and two instances of the functions. */
export class House implements Scene {
  readonly projectId = `demo-f-${randomUUID().slice(0, 8)}`;
  readonly ledger = new Ledger();
  readonly db: Firestore;
  random = new SeededRandom(0);
  /** Minutes by which the second instance's clock is wrong. */
  skewMinutes = 0;
  private at = new Date(TUESDAY);
  private ticks = 0;
  private sealed = false;
  private readonly clock = new LocalClock(`faults-${this.projectId}`);
  private readonly instances: (Instance | null)[] = Array.from({ length: INSTANCES }, () => null);
  private readonly starting = new Map<number, Promise<Instance>>();
  private readonly spare: Code[] = [];
  private readonly transactions = new OpenTransactions();
  private readonly app = initializeApp({ projectId: this.projectId }, this.projectId);
  /** Who decides about an instance's calls, and hears of the crash points that it passes. */
  rule: (instance: number) => Rule = () => () => ({ kind: 'pass' });
  onCrashPoint: (instance: number, name: string) => void = () => undefined;

  private constructor(
    private readonly emulator: string,
    readonly sandbox: Sandbox,
    readonly tasks: TaskInbox,
    readonly auth: AuthInbox,
    private readonly upstream: Upstream,
    now: { read: () => Date },
  ) {
    this.db = getFirestore(this.app);
    now.read = () => this.at;
  }

  static async open(emulator: string): Promise<House> {
    const now = { read: (): Date => new Date(TUESDAY) };
    const sandbox = await startSandbox({ webhookTargets: {}, now: () => now.read() });
    const tasks = await startTaskInbox();
    const auth = await startAuthInbox();
    const upstream = new Upstream(emulator);
    const house = new House(emulator, sandbox, tasks, auth, upstream, now);
    const settings = readFunctionsEnvironment();
    // Functions are served in their own folder, and the key's file is named from there.
    const keyFile = (settings['CONTACT_KEY'] ?? '').replace(/^file:/, '');
    Object.assign(process.env, settings, {
      CONTACT_KEY: `file:${resolve(repositoryRoot, 'functions', keyFile)}`,
      GCLOUD_PROJECT: house.projectId,
      CLOUD_TASKS_EMULATOR_HOST: tasks.host,
      FIREBASE_AUTH_EMULATOR_HOST: auth.host,
    });
    return house;
  }

  readonly now = (): Date => this.at;

  readonly travel = (to: string | Date): void => {
    this.at = new Date(to);
  };

  later(ms: number): void {
    this.travel(new Date(this.at.getTime() + ms));
  }

  /** A schedule time that was not before. */
  newTick(): string {
    this.ticks += 1;
    return scheduledFor(new Date(FIRST_TICK + this.ticks * 1_000));
  }

  /** An instance that lives: started anew if the last one was killed. */
  async instance(n: number): Promise<Instance> {
    const running = this.instances[n] ?? null;
    if (running?.alive === true) return running;
    const starting = this.starting.get(n) ?? this.start(n, running).finally(() => this.starting.delete(n));
    this.starting.set(n, starting);
    return starting;
  }

  /** @param last the one in whose place it comes; its modules serve another once it is quite still, nobody waits */
  private async start(n: number, last: Instance | null): Promise<Instance> {
    void last?.still().then(() => this.spare.push(last.code));
    const code = this.spare.pop() ?? new Code();
    const door = await this.openDoor(n);
    const started = await Instance.start(
      code,
      {
        projectId: this.projectId,
        door,
        providersPort: () => Number(new URL(this.sandbox.origin).port),
        now: () => new Date(this.at.getTime() + (n === 1 ? this.skewMinutes * 60_000 : 0)),
      },
      { current: () => this.random },
    );
    code.onCrashPoint = (name) => {
      if (started.alive) this.onCrashPoint(n, name);
    };
    this.instances[n] = started;
    return started;
  }

  /** Everything that is stored, by its path. */
  documents(): Promise<Map<string, DocumentData>> {
    return everyDocument(this.upstream, this.projectId);
  }

  /** Ends an instance where it stands. */
  kill(n: number): void {
    this.instances[n]?.kill();
  }

  /** A way to Firestore for a process of its own, with its surroundings. */
  async outpost(): Promise<{ readonly door: Door; readonly env: Record<string, string> }> {
    const door = await this.openDoor(0);
    this.clock.travel(this.at);
    return {
      door,
      env: {
        FIRESTORE_EMULATOR_HOST: door.host,
        PROVIDER_SANDBOX_ORIGIN: this.sandbox.origin,
        CLOUD_TASKS_EMULATOR_HOST: this.tasks.host,
        FIREBASE_AUTH_EMULATOR_HOST: this.auth.host,
        RECOUP_CLOCK_FILE: this.clock.file,
      },
    };
  }

  /**
   * Begins anew: no documents, no locks, nothing at the providers, everybody's clock right.
   *
   * @param sealed contact data will be: instances keep that, and keys, for longer than a plan, so they are others then
   */
  async empty(seed: number, sealed: boolean): Promise<void> {
    if (sealed || this.sealed) for (const instance of this.instances) instance?.kill();
    this.sealed = sealed;
    await this.upstream.quiet();
    await this.transactions.rollBack(this.upstream, `projects/${this.projectId}/databases/(default)`);
    const url = `http://${this.emulator}/emulator/v1/projects/${this.projectId}/databases/(default)/documents`;
    for (let tries = 1; !(await fetch(url, { method: 'DELETE' })).ok; tries += 1) {
      if (tries === 5) throw new Error('the emulator did not forget');
    }
    await control(this.sandbox, 'POST', 'reset');
    this.tasks.take();
    this.ledger.clear();
    this.random = new SeededRandom(seed);
    this.skewMinutes = 0;
    this.travel(TUESDAY);
  }

  /**
   * Has an admin seal what is there, for good, as `npm run ops -- migrate-pii` and `--confirm` do; then he is gone, and
   * nothing of it is in the ledger. Nothing goes wrong meanwhile.
   */
  async seal(): Promise<void> {
    const admin = this.db.doc('users/admin-who-seals');
    await admin.set({ role: 'admin', status: 'active' });
    const auth = { uid: admin.id, token: { uid: admin.id, admin: true } };
    const instance = await this.instance(0);
    const migrate = instance.code.handler('callable/admin/migrateContactData', 'handleMigrateContactData');
    for (const to of ['sealed', 'settled']) {
      const answer = await instance.run(() => migrate({ data: { to }, auth }));
      const { done } = (answer?.value ?? {}) as { readonly done?: boolean };
      if (done !== true) throw new Error(`contact data was not ${to}`);
    }
    await admin.delete();
    this.ledger.clear();
  }

  async close(): Promise<void> {
    for (const instance of this.instances) {
      instance?.kill();
      await instance?.still();
    }
    this.upstream.stop();
    this.clock.present();
    await this.sandbox.stop();
    await this.tasks.stop();
    await this.auth.stop();
    await deleteApp(this.app);
  }

  private async openDoor(n: number): Promise<Door> {
    const door = await openDoor(this.upstream, this.transactions, () => this.at, this.ledger);
    door.rule = (call) => this.rule(n)(call);
    return door;
  }
}

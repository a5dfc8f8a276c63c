import {
  type DocumentData,
  type DocumentReference,
  type Firestore,
  type Timestamp,
} from 'firebase-admin/firestore';
import * as z from 'zod';
import { crashPoint } from '../platform/crashPoint';
import { log } from '../platform/log';
import { type Random } from '../platform/random';
import { collections } from './collections';
import { decode } from './decode';
import { isConflict } from './isConflict';
import { retryConflicts } from './retryConflicts';
import { UnitOfWork } from './unitOfWork';

const leaseSchema = z.object({ owner: z.string().nullable(), token: z.int(), expiresAt: z.date() });

const begunSchema = leaseSchema.extend({ acquiredAt: z.date() });

/** How long a lease holds without a sign of life, and how often it gives one. Milliseconds. */
export interface LeaseTerms {
  readonly ttlMs: number;
  readonly heartbeatMs: number;
}

interface Held {
  readonly token: number;
  updateTime: Timestamp;
}

/** A write that goes along with a change of the lease, in the same commit. */
export interface FencedWrite {
  readonly ref: DocumentReference;
  readonly data: DocumentData;
}

/**
 * The right to run a job, held by one runner at a time: `cron_leases/{jobName}`.
 *
 * Every write under the lease is one commit that also renews the lease document and requires it to be as this runner
 * left it. A runner whose lease ran out and was taken over is therefore refused by Firestore itself, however long it
 * slept and whatever it believes. The token rises with each holder. Time is Firestore's: `expiresAt` is compared with
 * the read time of the snapshot, and is set from it.
 */
export class Lease {
  private readonly loss = new AbortController();
  private queue: Promise<unknown> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly db: Firestore,
    private readonly ref: DocumentReference,
    readonly jobName: string,
    private readonly owner: string,
    private readonly terms: LeaseTerms,
    private readonly held: Held,
    private lastSignOfLife: number,
  ) {}

  /**
   * Takes the lease if it is free or has run out; null when somebody holds it.
   *
   * @throws when the store can not be reached: that is not the same as "held"
   */
  static async acquire(
    deps: { readonly db: Firestore; readonly random: Random },
    jobName: string,
    terms: LeaseTerms,
  ): Promise<Lease | null> {
    const { db, random } = deps;
    const owner = random.uuid();
    const ref = collections.cronLease(db, jobName);
    return retryConflicts(random, async () => {
      const unit = new UnitOfWork(db);
      const started = monotonicMs();
      await unit.read(ref);
      const snapshot = unit.snapshot(ref);
      const current = decode(leaseSchema, snapshot);
      // The answer to our own commit may have been lost: then the lease is ours already.
      if (current?.owner === owner && snapshot.updateTime !== undefined) {
        const held = { token: current.token, updateTime: snapshot.updateTime };
        return new Lease(db, ref, jobName, owner, terms, held, started).keepAlive();
      }
      if (current?.owner != null && current.expiresAt > unit.readTime) return null;
      const token = (current?.token ?? 0) + 1;
      const now = unit.readTime;
      unit.save(ref, {
        owner,
        token,
        acquiredAt: now,
        heartbeatAt: now,
        expiresAt: new Date(now.getTime() + terms.ttlMs),
      });
      crashPoint('lease.before-acquire');
      const updateTime = await unit.commit();
      crashPoint('lease.after-acquire');
      return new Lease(db, ref, jobName, owner, terms, { token, updateTime }, started).keepAlive();
    });
  }

  /**
   * Takes the lease away from whoever holds it; its token stays, and rises with the next holder.
   *
   * @returns whether somebody held it; null when there is no such lease
   */
  static async takeAway(
    { db, random }: { readonly db: Firestore; readonly random: Random },
    jobName: string,
  ): Promise<boolean | null> {
    const ref = collections.cronLease(db, jobName);
    return retryConflicts(random, async () => {
      const unit = new UnitOfWork(db);
      await unit.read(ref);
      const current = decode(leaseSchema, unit.snapshot(ref));
      if (current === null) return null;
      if (current.owner === null) return false;
      unit.update(ref, { owner: null, expiresAt: unit.readTime });
      await unit.commit();
      return true;
    });
  }

  /**
   * How long ago each job's latest runner took the lease, milliseconds, both by Firestore's clock, by the job's name; a job
   * that has never run is not there.
   *
   * @throws PermanentFailure `corrupt_document`; whatever the store throws when it can not be reached
   */
  static async silences(
    { db }: { readonly db: Firestore },
    jobNames: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    const leases = await db.getAll(...jobNames.map((name) => collections.cronLease(db, name)));
    return new Map(
      leases.flatMap((snapshot): [string, number][] => {
        const lease = decode(begunSchema, snapshot);
        return lease === null
          ? []
          : [[snapshot.id, snapshot.readTime.toMillis() - lease.acquiredAt.getTime()]];
      }),
    );
  }

  get token(): number {
    return this.held.token;
  }

  /** Aborted when the lease is lost, or may be: stop then, for another runner may be at work. */
  get signal(): AbortSignal {
    return this.loss.signal;
  }

  /**
   * Writes records of the job, if this runner still holds the lease, and renews it.
   *
   * @throws LeaseLost; nothing was written then
   */
  write(writes: readonly FencedWrite[]): Promise<void> {
    return this.inTurn(() => this.commit(writes, { release: false }));
  }

  /** Gives the lease back, with the last records of the job in the same commit. */
  async release(writes: readonly FencedWrite[] = []): Promise<void> {
    clearInterval(this.timer);
    await this.inTurn(() => this.commit(writes, { release: true }));
  }

  /** Stops renewing without giving back: the lease then runs out by itself. For a runner that failed. */
  abandon(): void {
    clearInterval(this.timer);
  }

  private keepAlive(): this {
    this.timer = setInterval(() => {
      // Firestore may be slow or away for a moment; only when the lease may have run out is it lost. By the time alone:
      // a renewal that hangs says nothing at all.
      if (this.age() >= this.terms.ttlMs) {
        this.lose();
        return;
      }
      this.inTurn(() => this.commit([], { release: false })).catch(() => undefined);
    }, this.terms.heartbeatMs);
    this.timer.unref();
    return this;
  }

  /** One write at a time: two of our own would refuse each other. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work, work);
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async commit(writes: readonly FencedWrite[], { release }: { release: boolean }): Promise<void> {
    if (this.loss.signal.aborted) throw new LeaseLost(this.jobName);
    const started = monotonicMs();
    const now = await this.serverTime();
    const batch = this.db.batch();
    const fields = release
      ? { owner: null, heartbeatAt: now, expiresAt: now }
      : { heartbeatAt: now, expiresAt: new Date(now.getTime() + this.terms.ttlMs) };
    batch.update(this.ref, fields, { lastUpdateTime: this.held.updateTime });
    for (const { ref, data } of writes) batch.set(ref, data, { merge: true });
    try {
      crashPoint('lease.before-write');
      const [result] = await batch.commit();
      crashPoint('lease.after-write');
      if (result !== undefined) this.held.updateTime = result.writeTime;
      this.lastSignOfLife = started;
    } catch (error) {
      if (!isConflict(error)) throw error;
      this.lose();
      throw new LeaseLost(this.jobName);
    }
  }

  /** Firestore's clock, and a look whether the lease is still ours, in one read. */
  private async serverTime(): Promise<Date> {
    const snapshot = await this.ref.get();
    const current = decode(leaseSchema, snapshot);
    if (
      current?.owner !== this.owner ||
      current.token !== this.held.token ||
      snapshot.updateTime === undefined
    ) {
      this.lose();
      throw new LeaseLost(this.jobName);
    }
    // A commit of ours whose answer was lost has moved the update time on; the owner says that it was ours.
    this.held.updateTime = snapshot.updateTime;
    return snapshot.readTime.toDate();
  }

  private age(): number {
    return monotonicMs() - this.lastSignOfLife;
  }

  private lose(): void {
    clearInterval(this.timer);
    if (this.loss.signal.aborted) return;
    log.leaseLost({ jobName: this.jobName, token: this.held.token });
    this.loss.abort(new LeaseLost(this.jobName));
  }
}

/** Another runner has the lease, or may have it. Nothing more may be written under this one. */
export class LeaseLost extends Error {
  constructor(jobName: string) {
    super(`The lease of ${jobName} is lost.`);
    this.name = 'LeaseLost';
  }
}

/** Durations only: it never jumps, and says nothing about the time of day. */
function monotonicMs(): number {
  return performance.now();
}

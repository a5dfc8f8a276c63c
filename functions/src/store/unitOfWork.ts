import {
  type DocumentData,
  type DocumentReference,
  type DocumentSnapshot,
  type Firestore,
  type Precondition,
  type Timestamp,
} from 'firebase-admin/firestore';
import { commitError } from './commitUnanswered';

type Write =
  | { readonly kind: 'create'; readonly ref: DocumentReference; readonly data: DocumentData }
  | { readonly kind: 'put'; readonly ref: DocumentReference; readonly data: DocumentData }
  | {
      readonly kind: 'update';
      readonly ref: DocumentReference;
      readonly data: DocumentData;
      readonly precondition: Precondition;
    }
  | { readonly kind: 'delete'; readonly ref: DocumentReference; readonly precondition: Precondition };

/** What a batch and a transaction have in common. */
interface Writer {
  create(ref: DocumentReference, data: DocumentData): unknown;
  set(ref: DocumentReference, data: DocumentData): unknown;
  update(ref: DocumentReference, data: DocumentData, precondition: Precondition): unknown;
  delete(ref: DocumentReference, precondition: Precondition): unknown;
}

/**
 * One batched read, one atomic commit with preconditions. Every document that was read and is written must still be as
 * it was read (its last update time, or its absence), else nothing is written at all. That is a transaction without
 * locks: the reader holds nothing, so concurrent deliveries never queue, and a provider may be asked between read and
 * commit. It is sound where the documents that a decision depends on are written too; see docs/decisions.
 */
export class UnitOfWork {
  private readonly snapshots = new Map<string, DocumentSnapshot>();
  private readonly writes: Write[] = [];
  private clockReading: Date | null = null;

  /** @param always read along with the first batch, whatever it asks for */
  constructor(
    private readonly db: Firestore,
    private always: readonly DocumentReference[] = [],
  ) {}

  /** Reads documents in one round trip, in the order asked; those that were read before are not read again. */
  async read(...refs: readonly DocumentReference[]): Promise<readonly DocumentSnapshot[]> {
    const wanted = [...this.always, ...refs].filter((ref) => !this.snapshots.has(ref.path));
    this.always = [];
    const missing = [...new Map(wanted.map((ref) => [ref.path, ref])).values()];
    if (missing.length > 0) this.keep(await this.db.getAll(...missing));
    return refs.map((ref) => this.snapshot(ref));
  }

  /** Takes documents as read that a query has just found; what is written of them is guarded as ever. */
  know(...found: readonly DocumentSnapshot[]): void {
    this.keep(found);
  }

  /** A document that was read already. */
  snapshot(ref: DocumentReference): DocumentSnapshot {
    const snapshot = this.snapshots.get(ref.path);
    if (snapshot === undefined) throw new Error(`${ref.parent.id} was not read in this unit of work`);
    return snapshot;
  }

  /** Firestore's own clock at the last read: the same for all instances, however wrong their clocks are. */
  get readTime(): Date {
    if (this.clockReading === null) throw new Error('nothing was read in this unit of work');
    return this.clockReading;
  }

  /** The document must not exist at commit. */
  create(ref: DocumentReference, data: DocumentData): void {
    this.writes.push({ kind: 'create', ref, data });
  }

  /** Changes these fields of a document that was read here and exists; it must be unchanged at commit. */
  update(ref: DocumentReference, fields: DocumentData): void {
    const { updateTime } = this.snapshot(ref);
    if (updateTime === undefined) throw new Error(`a document of ${ref.parent.id} to update does not exist`);
    // One write for a document: after a first one in the same commit its update time would be another.
    const earlier = this.writes.find(
      (write): write is Write & { kind: 'update' } => write.kind === 'update' && write.ref.path === ref.path,
    );
    if (earlier !== undefined) Object.assign(earlier.data, fields);
    else
      this.writes.push({
        kind: 'update',
        ref,
        data: { ...fields },
        precondition: { lastUpdateTime: updateTime },
      });
  }

  /** Deletes a document that was read here and exists; it must be unchanged at commit. */
  delete(ref: DocumentReference): void {
    const { updateTime } = this.snapshot(ref);
    if (updateTime === undefined) throw new Error(`a document of ${ref.parent.id} to delete does not exist`);
    this.writes.push({ kind: 'delete', ref, precondition: { lastUpdateTime: updateTime } });
  }

  /** Creates the document or changes these fields of it, by what the read found. */
  save(ref: DocumentReference, fields: DocumentData): void {
    if (this.snapshot(ref).exists) this.update(ref, fields);
    else this.create(ref, fields);
  }

  /** Writes the document whatever is there. Only for what belongs to a document that this commit guards. */
  put(ref: DocumentReference, data: DocumentData): void {
    this.writes.push({ kind: 'put', ref, data });
  }

  /**
   * Writes everything or nothing. A refusal satisfies `isConflict`.
   *
   * @returns the time of the commit: the update time of every document in it
   * @throws CommitUnanswered when it may have been made
   */
  async commit(): Promise<Timestamp> {
    const batch = this.db.batch();
    this.writeTo(batch);
    const [result] = await batch.commit().catch((error: unknown) => {
      throw commitError(error);
    });
    if (result === undefined) throw new Error('a unit of work without writes was committed');
    return result.writeTime;
  }

  /**
   * Decides and commits while `witnesses` can not change: documents on which the decision depends and which it does
   * not write, such as somebody's "no". They are read in a transaction, whose shared locks keep their writers out until
   * the commit: a "no" that is committed before is seen, one that comes after it comes after the commit too.
   *
   * What is written has to be read with `read`, before: it is guarded by its precondition. Were it read under the lock
   * as well, two that write one document would wait for each other.
   *
   * @param decide adds its writes to this unit; finds the witnesses with `snapshot`
   * @throws CommitUnanswered when the commit may have been made
   */
  async commitWitnessing<T>(
    witnesses: readonly DocumentReference[],
    decide: () => T | Promise<T>,
  ): Promise<T> {
    let committing = false;
    return this.db
      .runTransaction(
        async (transaction) => {
          this.keep(await transaction.getAll(...witnesses));
          const decision = await decide();
          this.writeTo(transaction);
          committing = true;
          return decision;
        },
        // Whatever is refused is read and decided anew by the caller, from the start.
        { maxAttempts: 1 },
      )
      .catch((error: unknown) => {
        throw committing ? commitError(error) : error;
      });
  }

  private keep(snapshots: readonly DocumentSnapshot[]): void {
    for (const snapshot of snapshots) {
      this.snapshots.set(snapshot.ref.path, snapshot);
      this.clockReading = snapshot.readTime.toDate();
    }
  }

  private writeTo(writer: Writer): void {
    for (const write of this.writes) {
      if (write.kind === 'create') writer.create(write.ref, write.data);
      else if (write.kind === 'put') writer.set(write.ref, write.data);
      else if (write.kind === 'delete') writer.delete(write.ref, write.precondition);
      else writer.update(write.ref, write.data, write.precondition);
    }
  }
}

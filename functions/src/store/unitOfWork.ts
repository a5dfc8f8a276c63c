import {
  type DocumentData,
  type DocumentReference,
  type DocumentSnapshot,
  type Firestore,
  type Timestamp,
  type WriteBatch,
} from 'firebase-admin/firestore';

/**
 * One batched read, one atomic commit with preconditions. Every document that was read and is written must still be as
 * it was read (its last update time, or its absence), else nothing is written at all. That is a transaction without
 * locks: the reader holds nothing, so concurrent deliveries never queue, and a provider may be asked between read and
 * commit. It is sound where the documents that a decision depends on are written too; see docs/decisions.
 */
export class UnitOfWork {
  private readonly snapshots = new Map<string, DocumentSnapshot>();
  private readonly writes: ((batch: WriteBatch) => void)[] = [];
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
    if (missing.length > 0) {
      for (const snapshot of await this.db.getAll(...missing)) {
        this.snapshots.set(snapshot.ref.path, snapshot);
        this.clockReading = snapshot.readTime.toDate();
      }
    }
    return refs.map((ref) => this.snapshot(ref));
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
    this.writes.push((batch) => batch.create(ref, data));
  }

  /** Changes these fields of a document that was read here and exists; it must be unchanged at commit. */
  update(ref: DocumentReference, fields: DocumentData): void {
    const { updateTime } = this.snapshot(ref);
    if (updateTime === undefined) throw new Error(`a document of ${ref.parent.id} to update does not exist`);
    this.writes.push((batch) => batch.update(ref, fields, { lastUpdateTime: updateTime }));
  }

  /** Creates the document or changes these fields of it, by what the read found. */
  save(ref: DocumentReference, fields: DocumentData): void {
    if (this.snapshot(ref).exists) this.update(ref, fields);
    else this.create(ref, fields);
  }

  /** Writes the document whatever is there. Only for what belongs to a document that this commit guards. */
  put(ref: DocumentReference, data: DocumentData): void {
    this.writes.push((batch) => batch.set(ref, data));
  }

  /**
   * Writes everything or nothing. A refusal satisfies `isConflict`.
   *
   * @returns the time of the commit: the update time of every document in it
   */
  async commit(): Promise<Timestamp> {
    const batch = this.db.batch();
    for (const write of this.writes) write(batch);
    const [result] = await batch.commit();
    if (result === undefined) throw new Error('a unit of work without writes was committed');
    return result.writeTime;
  }
}

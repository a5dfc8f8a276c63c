import { type DocumentReference, type Firestore } from 'firebase-admin/firestore';
import { PermanentFailure, TransientFailure } from '../../platform/errors';
import { newSealingKey, type SealingKey } from '../../platform/sealedValue';
import { type KeyProvider } from '../../providers/keys/keyProvider';
import { collections } from '../../store/collections';
import { dataKeysSchema, type StoredDataKeys } from '../../store/dataKeysSchema';
import { decode } from '../../store/decode';
import { isConflict } from '../../store/isConflict';

/** A key that was unwrapped stays in memory for so long, and one that was deleted opens values for as long at the most. */
export const KEPT_MS = 60 * 60 * 1000;
/** Owners whose keys are in memory at once; the one that came first makes room. */
const MOST_OWNERS = 500;
/** A version that was not there is not looked for again before. */
const LOOK_AGAIN_MS = 5_000;

interface Known {
  readonly at: number;
  readonly stored: StoredDataKeys;
  readonly unwrapped: Map<number, Promise<Uint8Array>>;
}

/**
 * The keys that seal contact data: one for each freelancer, kept wrapped in `data_keys` and unwrapped in memory for an
 * hour. Who has an owner's document deleted has all his contact data made unreadable.
 */
export class DataKeys {
  private readonly known = new Map<string, Promise<Known>>();

  /**
   * @param provider asked once, when it is first needed
   * @param now milliseconds of a clock that does not travel
   */
  constructor(
    private readonly db: Firestore,
    private readonly provider: () => Promise<KeyProvider>,
    private readonly now: () => number,
  ) {}

  /** The key with which an owner's values are sealed; made with his first value. */
  async sealingKey(owner: string): Promise<SealingKey> {
    const known = (await this.lookUp(owner)) ?? (await this.create(owner));
    const version = known.stored.current;
    return { version, key: await this.unwrapped(owner, known, version) };
  }

  /**
   * The key with which a value was sealed.
   *
   * @throws PermanentFailure `contact_unreadable` when it was deleted
   */
  async keyOf(owner: string, version: number): Promise<Uint8Array> {
    let known = await this.lookUp(owner);
    const isNews = known !== null && !(String(version) in known.stored.keys);
    if (isNews && this.now() - (known?.at ?? 0) > LOOK_AGAIN_MS) {
      this.forget(owner);
      known = await this.lookUp(owner);
    }
    if (known === null || !(String(version) in known.stored.keys)) throw unreadable();
    return this.unwrapped(owner, known, version);
  }

  /** What is in memory of an owner's keys is not used any more. */
  forget(owner: string): void {
    this.known.delete(owner);
  }

  /** A new key, wrapped for this place in an owner's document. */
  async newWrapped(owner: string, version: number): Promise<string> {
    const provider = await this.provided();
    const about = aboutKey(owner, version);
    const key = newSealingKey();
    try {
      const wrapped = await provider.wrap(key, about);
      // A key that could not be unwrapped again would take all that it sealed with it.
      if (!Buffer.from(await provider.unwrap(wrapped, about)).equals(key)) throw new Error('another key');
      return Buffer.from(wrapped).toString('base64');
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  private async lookUp(owner: string): Promise<Known | null> {
    const kept = this.known.get(owner);
    if (kept !== undefined) {
      const known = await kept.catch(() => null);
      if (known !== null && this.now() - known.at < KEPT_MS) return known;
      if (this.known.get(owner) === kept) this.forget(owner);
    }
    const running = this.known.get(owner);
    if (running !== undefined) return running.catch(() => null);
    const read = this.read(owner);
    this.keep(owner, read);
    return read.catch((error: unknown) => {
      this.forget(owner);
      if (error instanceof NoKeys) return null;
      throw error;
    });
  }

  private async read(owner: string): Promise<Known> {
    const stored = decode(dataKeysSchema, await this.ref(owner).get());
    if (stored === null) throw new NoKeys();
    return { at: this.now(), stored, unwrapped: new Map() };
  }

  private async create(owner: string): Promise<Known> {
    const wrapped = await this.newWrapped(owner, 1);
    const createdAt = new Date(this.now());
    const data = { current: 1, keys: { '1': { wrapped, createdAt } }, createdAt, updatedAt: createdAt };
    await this.ref(owner)
      .create(data)
      .catch((error: unknown) => {
        // Another instance was first: its key is the one.
        if (!isConflict(error)) throw error;
      });
    this.forget(owner);
    const known = await this.lookUp(owner);
    if (known === null) throw unreadable();
    return known;
  }

  private unwrapped(owner: string, known: Known, version: number): Promise<Uint8Array> {
    const kept = known.unwrapped.get(version);
    if (kept !== undefined) return kept;
    const made = this.unwrap(owner, known.stored, version);
    known.unwrapped.set(version, made);
    made.catch(() => known.unwrapped.delete(version));
    return made;
  }

  private async unwrap(owner: string, { keys }: StoredDataKeys, version: number): Promise<Uint8Array> {
    const wrapped = keys[String(version)]?.wrapped;
    if (wrapped === undefined) throw unreadable();
    const provider = await this.provided();
    try {
      return await provider.unwrap(Buffer.from(wrapped, 'base64'), aboutKey(owner, version));
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  private provided(): Promise<KeyProvider> {
    return this.provider().catch((cause: unknown) => {
      throw unavailable(cause);
    });
  }

  private keep(owner: string, read: Promise<Known>): void {
    const [oldest] = this.known.keys();
    if (this.known.size >= MOST_OWNERS && oldest !== undefined) this.known.delete(oldest);
    this.known.set(owner, read);
  }

  private ref(owner: string): DocumentReference {
    return collections.dataKeys(this.db, owner);
  }
}

class NoKeys extends Error {}

/** What a wrapped key is for: one that is put into another freelancer's document does not open there. */
function aboutKey(owner: string, version: number): string {
  return `data_keys/${owner}/${version}`;
}

/** Its key is gone, and nobody brings it back: that is how contact data is erased. */
function unreadable(): PermanentFailure {
  return new PermanentFailure('contact_unreadable', 'This contact data can not be read any more.');
}

/** The provider is away, or is another one than wrapped it: somebody has to look, and nothing has changed. */
function unavailable(cause: unknown): TransientFailure {
  return new TransientFailure('contact_key_unavailable', 'Contact data can not be opened right now.', {
    cause,
  });
}

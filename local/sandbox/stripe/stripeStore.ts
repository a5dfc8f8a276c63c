import { type StripeObject } from './stripeObject';

/** A connected account's id; null: the platform; 'anyone': put by a test that does not care. */
export type Owner = string | null;
const ANYONE = Symbol('anyone');

interface Kept {
  object: StripeObject;
  owner: Owner | typeof ANYONE;
}

/** Every object that this Stripe knows, with the account that it belongs to. References are ids. */
export class StripeStore {
  private readonly kept = new Map<string, Kept>();

  /** @param owner undefined: every account sees it. */
  put(object: StripeObject, owner: Owner | undefined): void {
    this.kept.set(object.id, { object, owner: owner === undefined ? ANYONE : owner });
  }

  /** Changes fields of a known object; its owner stays. */
  update(id: string, fields: Record<string, unknown>): StripeObject {
    const known = this.kept.get(id);
    if (known === undefined) throw new Error(`No ${id} to update.`);
    known.object = { ...known.object, ...fields };
    return known.object;
  }

  /** The object, if that account may see it. */
  get(id: string, account: Owner): StripeObject | undefined {
    const known = this.kept.get(id);
    if (known === undefined) return undefined;
    return known.owner === ANYONE || known.owner === account ? known.object : undefined;
  }

  /** Whatever the account. */
  find(id: string): StripeObject | undefined {
    return this.kept.get(id)?.object;
  }

  /** Whose it is; null for the platform and for what everybody sees. */
  ownerOf(id: string): Owner {
    const owner = this.kept.get(id)?.owner;
    return typeof owner === 'string' ? owner : null;
  }

  /** What `put` needs to give another object the same readers: undefined where everybody reads it. */
  visibilityOf(id: string): Owner | undefined {
    const owner = this.kept.get(id)?.owner;
    return owner === ANYONE ? undefined : owner;
  }

  /** Objects of one kind that the account may see (undefined: of any account), newest first. */
  list(kind: string, account?: Owner): StripeObject[] {
    const ids = [...this.kept.keys()].reverse();
    return ids.flatMap((id) => {
      const object = account === undefined ? this.find(id) : this.get(id, account);
      return object?.object === kind ? [object] : [];
    });
  }

  clear(): void {
    this.kept.clear();
  }
}

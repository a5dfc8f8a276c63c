import { rollbackOf } from './fields';
import { type Upstream } from './upstream';

/**
 * The transactions that clients of a wire began and did not end. One whose client died keeps its locks in the emulator,
 * and whoever wants to write there waits.
 */
export class OpenTransactions {
  private readonly open = new Map<string, Buffer>();

  opened(transaction: Buffer | null): void {
    if (transaction !== null) this.open.set(transaction.toString('hex'), transaction);
  }

  ended(transaction: Buffer | null): void {
    if (transaction !== null) this.open.delete(transaction.toString('hex'));
  }

  /** Gives all of them back. @param database its full name */
  async rollBack(upstream: Upstream, database: string): Promise<void> {
    const all = [...this.open.values()];
    this.open.clear();
    await Promise.all(all.map((one) => upstream.send('Rollback', rollbackOf(database, one))));
  }
}

/**
 * Lets one piece of work for a key run at a time in this instance; whoever asks meanwhile gets the same result.
 * Only a saving: what must not happen twice is kept from it by the store, for there are other instances.
 */
export class SingleFlight<T> {
  private readonly inFlight = new Map<string, Promise<T>>();

  /** @returns the result, and whether this call is the one that did the work */
  async run(key: string, work: () => Promise<T>): Promise<{ readonly result: T; readonly leader: boolean }> {
    const running = this.inFlight.get(key);
    if (running !== undefined) return { result: await running, leader: false };
    const started = work().finally(() => this.inFlight.delete(key));
    this.inFlight.set(key, started);
    return { result: await started, leader: true };
  }
}

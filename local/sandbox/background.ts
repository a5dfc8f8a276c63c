/** What the providers do on their own account, after the API has answered: callbacks, mostly. */
export class Background {
  private readonly running = new Set<Promise<void>>();
  private stopping = newStop();

  /**
   * Starts work that nobody waits for. It is given up, wherever it stands, by `abandon`.
   * @param work its failure is written to the console: there is no caller who could be told
   */
  run(work: (signal: AbortSignal) => Promise<void>): void {
    const { signal, abandoned } = this.stopping;
    const finished = Promise.race([work(signal), abandoned])
      .catch((error: unknown) => {
        if (!signal.aborted) console.error('The sandbox failed in the background:', error);
      })
      .finally(() => this.running.delete(finished));
    this.running.add(finished);
  }

  /** Fulfilled when nothing is under way any more, whatever was started in the meantime included. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  abandon(): void {
    this.stopping.abort();
    this.stopping = newStop();
  }
}

/** One promise for all work under way: a listener of each would stay with the signal for as long as nobody stops. */
function newStop(): { signal: AbortSignal; abandoned: Promise<void>; abort: () => void } {
  const controller = new AbortController();
  const { signal } = controller;
  const abandoned = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return { signal, abandoned, abort: () => controller.abort() };
}

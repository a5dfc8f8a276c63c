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

interface Stop {
  readonly signal: AbortSignal;
  /** Fulfilled by `abort`; one for all that runs until then. */
  readonly abandoned: Promise<void>;
  abort(): void;
}

function newStop(): Stop {
  const controller = new AbortController();
  const abandoned = new Promise<void>((resolve) => {
    controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return { signal: controller.signal, abandoned, abort: () => controller.abort() };
}

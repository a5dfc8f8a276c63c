/** A promise that somebody else fulfils. */
export class Gate {
  /** Fulfilled by the first `open`. */
  readonly opened: Promise<void>;
  private fulfil: (() => void) | undefined;

  constructor() {
    this.opened = new Promise((resolve) => {
      this.fulfil = resolve;
    });
  }

  open(): void {
    this.fulfil?.();
  }
}

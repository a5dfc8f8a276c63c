/** Prints the day as it goes: one line for each step, ✓ or ✗. */
export class DayReport {
  private failures = 0;

  get failed(): boolean {
    return this.failures > 0;
  }

  /** Runs one step. `say` turns its result into the rest of the line. Throws on what the step throws. */
  async step<T>(name: string, run: () => Promise<T>, say: (result: T) => string = () => ''): Promise<T> {
    try {
      const result = await run();
      this.line(true, name, say(result));
      return result;
    } catch (error) {
      this.line(false, name, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /** Notes whether something is as it should be. */
  check(name: string, holds: boolean, detail: string): void {
    this.line(holds, name, detail);
  }

  private line(holds: boolean, name: string, detail: string): void {
    if (!holds) this.failures += 1;
    console.log(`  ${holds ? '✓' : '✗'} ${name}${detail === '' ? '' : `: ${detail}`}`);
  }
}

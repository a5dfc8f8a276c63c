/** A mistake that somebody could make, as a change of one place in the code, and the suites that have to notice it. */
export interface SeededBug {
  /** In the table of docs/guarantees.md. */
  readonly name: string;
  /** Relative to the repository's root. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Paths of suites, as jest takes them. */
  readonly suites: readonly string[];
}

/** Takes what a part has measured, line by line. */
export interface BenchReport {
  /** A figure that has a bound. @param holds whether it keeps to it */
  line(holds: boolean, text: string): void;
  /** A figure that has none. */
  note(text: string): void;
}

/** A part of the bench that can be run alone. */
export interface BenchPart {
  readonly name: string;
  readonly title: string;
  /** Takes long: it is no part of a run that names none. */
  readonly onlyByName?: boolean;
  /** @throws when it can not be measured */
  run(report: BenchReport): Promise<void>;
}

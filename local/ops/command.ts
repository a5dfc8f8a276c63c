import { type Operator } from './callAsAdmin';
import { type OpsTarget } from './opsTarget';

/** What a command gets besides its own words. */
export interface CommandOptions {
  status?: string | undefined;
  reason?: string | undefined;
  /** Counts what would be changed, and changes nothing. */
  dryRun?: boolean | undefined;
  undo?: boolean | undefined;
  confirm?: boolean | undefined;
  all?: boolean | undefined;
  /** @throws StartError when the command line does not say who calls. */
  operator: () => Operator;
}

/** An operator's command; its words are its key in the table of commands. */
export interface Command {
  usage: string;
  /** How many words it takes behind its own, at the most. */
  words?: number;
  /** Gives what is printed: an object, or a list that becomes a table. */
  run(target: OpsTarget, words: readonly string[], options: CommandOptions): Promise<unknown>;
}

export type Commands = Readonly<Record<string, Command>>;

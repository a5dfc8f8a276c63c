import { StartError } from '../stack/startError';
import { callAsAdmin, type Operator } from './callAsAdmin';
import { confirm } from './confirm';
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
  /** Whose payment it is, for `payments resolve`. */
  invoice?: string | undefined;
  /** @throws StartError when the command line does not say who calls. */
  operator: () => Operator;
}

/** An operator's command; its words are its key in the table of commands. */
export interface Command {
  usage: string;
  /** How many words it takes behind its own, at the most. */
  words: number;
  /** Gives what is printed: an object, or a list that becomes a table. */
  run(target: OpsTarget, words: readonly string[], options: CommandOptions): Promise<unknown>;
  /** What is printed without --json, where that is not the same. */
  show?(result: unknown): unknown;
  /** Whether what it found is a failure: the exit code is 1 then. */
  failed?(result: unknown): boolean;
}

export type Commands = Readonly<Record<string, Command>>;

/** Calls an admin's function that changes something, after asking where that is due. */
export async function callAsked(
  target: OpsTarget,
  what: string,
  name: string,
  data: object,
  { operator }: CommandOptions,
): Promise<unknown> {
  const who = operator();
  await confirm(target, what);
  return callAsAdmin(target, who, name, data);
}

/** @throws StartError that names what is missing */
export function required(word: string | undefined, name: string): string {
  if (word === undefined || word === '') throw new StartError(`The command needs ${name}.`);
  return word;
}

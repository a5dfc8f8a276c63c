import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Calls } from '../store/calls';
import { type Connection } from '../store/connect';

/** What every view works with once an admin has signed in. */
export interface Console extends Pick<Connection, 'db' | 'project'> {
  readonly calls: Calls;
  /** Says what came of something, to the eye and to a screen reader. */
  readonly say: (words: string) => void;
}

export const ConsoleContext = createContext<Console | null>(null);

/** @throws Error outside of the signed-in part of the page */
export function useConsole(): Console {
  const console = useContext(ConsoleContext);
  if (console === null) throw new Error('Nobody has signed in.');
  return console;
}

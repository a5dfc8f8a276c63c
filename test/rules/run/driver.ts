import { type Case } from '../model/case';

/** What came of a question: the rules' answer, or why there was none. */
export type Outcome = 'allowed' | 'denied' | { readonly trouble: string };

/** A way to put questions to the rules, as one of the personas. */
export interface Driver {
  ask(question: Case): Promise<Outcome>;
  /** Writes documents past the rules; null deletes. */
  write(documents: ReadonlyMap<string, Case['data'] | null>): Promise<void>;
}

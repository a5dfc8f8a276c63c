import { chaseData } from './data/chaseData';
import { peopleData } from './data/peopleData';
import { serverData } from './data/serverData';
import { type DataEntry } from './dataEntry';

/**
 * Every collection, by its path without ids, and what is true of it: what is exported, erased and kept follows from this
 * map alone, and so does docs/privacy.md. A collection that is missing here fails a test.
 */
export const dataMap: Readonly<Record<string, DataEntry>> = { ...peopleData, ...chaseData, ...serverData };

/** The collections, in the order in which they are exported and erased; the account itself comes last in erasing. */
export const dataEntries: readonly (readonly [name: string, entry: DataEntry])[] = Object.entries(dataMap);

/** The names of what lies below the rows of a collection: `private` of `outbox`. */
export function partsOf(name: string): string[] {
  return Object.keys(dataMap)
    .filter((other) => other.startsWith(`${name}/`))
    .map((other) => other.slice(name.length + 1));
}

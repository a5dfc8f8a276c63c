import { dataEntries } from './dataMap';
import { type HeldData } from './exportFormat';
import { retentionText } from './retention';

/** What there is about a freelancer, why, and for how long: all of the data map that may concern him. */
export function describeHeld(): HeldData[] {
  return dataEntries.flatMap(([collection, entry]) => {
    if (entry.holds === null) return [];
    return {
      collection,
      holds: entry.holds,
      purpose: entry.purpose,
      lawfulBasis: entry.basis,
      readers: entry.readers,
      kept: retentionText(entry.retention),
      leftOut: 'not' in entry.export ? entry.export.not : null,
    };
  });
}

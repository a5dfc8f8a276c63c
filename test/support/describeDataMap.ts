import { type DataEntry } from '../../functions/src/domain/privacy/dataEntry';
import { dataEntries } from '../../functions/src/domain/privacy/dataMap';
import { retentionText } from '../../functions/src/domain/privacy/retention';
import { sealedText } from '../../functions/src/domain/privacy/sealedText';

/** The table of docs/privacy.md: of each collection what is in it, why, for how long, who sees it and what is done with it. */
export function describeDataMap(): string {
  const rows = dataEntries.map(([name, entry]) =>
    [
      `\`${name}\``,
      entry.holds ?? 'nothing personal',
      sealedText(name),
      entry.about,
      `${entry.purpose} (${entry.basis})`,
      retentionText(entry.retention),
      entry.readers,
      'not' in entry.export ? `no: ${entry.export.not}` : 'yes',
      erasureText(entry.erasure),
    ].join(' | '),
  );
  const head =
    'collection | holds | sealed | about | purpose (basis) | kept | who reads it | exported | when the account is erased';
  const line = head
    .split('|')
    .map(() => '---')
    .join(' | ');
  return [head, line, ...rows].map((row) => `| ${row} |`).join('\n');
}

function erasureText(erasure: DataEntry['erasure']): string {
  switch (erasure.does) {
    case 'delete':
      return 'deleted';
    case 'follow':
      return 'deleted with the row above it';
    case 'strip': {
      const { fields, unless, why } = erasure;
      const gone = fields.length === 0 ? 'kept' : `kept without ${fields.join(', ')}`;
      const drafts = unless === undefined ? '' : `; deleted where ${unless.field} is ${unless.is}`;
      return `${gone}: ${why}${drafts}`;
    }
    case 'reduce':
      return `kept with ${erasure.to.join(', ')} alone: ${erasure.why}`;
    case 'survive':
      return `stays: ${erasure.why}`;
  }
}

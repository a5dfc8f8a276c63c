import { filterText, ownFilter } from '../model/builders';
import { type Case, type Filter } from '../model/case';
import { DEBTOR_EMAIL, everyone } from '../model/personas';

const debtors: readonly Filter[] = [
  { field: 'clientEmail', op: '==', value: DEBTOR_EMAIL },
  { field: 'status', op: '==', value: 'sent' },
];

/**
 * Collections of one name, listed wherever they are. `invoices` is also what a month's markers are called, and `private`
 * holds an owner's notes in one place and what nobody reads in another.
 */
export function groupTable(): Case[] {
  return ['invoices', 'private', 'sent', 'pages', 'outbox'].flatMap((path) =>
    [[], [ownFilter], debtors].flatMap((filters) =>
      everyone.map((who): Case => ({
        collection: `${path}, wherever they are`,
        who,
        op: 'list',
        what: filterText(filters),
        path,
        filters,
        group: true,
        allowed: false,
      })),
    ),
  );
}

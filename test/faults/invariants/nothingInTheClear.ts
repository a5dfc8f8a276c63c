import { lineOf } from '../../../local/sample-day/lineOf';
import { localSetting } from '../../support/sandboxSettings';
import { type Books } from './books';

/** Any address but freelancers' own, which are all at a studio; in a form's fields too. */
const ADDRESS = /(?:@|%40)(?!studio\.)[\w-]+\.example|(?:\+|%2B)\d{11,13}/i;

/** Where contact data is sealed, no document says anywhere who a debtor is: not in its id, its fields, or packed bytes. */
export function nothingInTheClear({ documents, sealed }: Pick<Books, 'documents' | 'sealed'>): string[] {
  if (!sealed) return [];
  const ours = localSetting('TWILIO_FROM');
  return [...documents].flatMap(([path, data]) =>
    ADDRESS.test(lineOf(path, data).replaceAll(ours, '')) ? [`${path} holds an address in the clear`] : [],
  );
}

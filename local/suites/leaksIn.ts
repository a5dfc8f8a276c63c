import { BOUNCING_CLIENT, CLIENT, FREELANCER } from '../sample-day/sampleData';

/** What a line holds that no line of a log may hold. */
export interface Leak {
  /** From 1. */
  readonly line: number;
  /** Never the value: it would stand in the next log. */
  readonly kind: 'e-mail address' | 'phone number' | 'name' | 'words';
}

/** Names of people in the sample data and in the suites; whoever adds a person there adds his name here. */
const NAMES = [
  ...[CLIENT, BOUNCING_CLIENT, FREELANCER].map(({ name }) => name),
  'A Debtor',
  'Ada Free',
  'Dora Debtor',
  'Zebedee',
  'Quillfeather',
];

/** Words that people in the suites write to us. */
const WORDS = ['I am in hospital', 'I am ill'];

const FINDS: readonly (readonly [Leak['kind'], RegExp])[] = [
  // Suites and sample data have addresses of the domains that are reserved for that, and of no others.
  ['e-mail address', /[\w.%+-]+(@|%40)[\w-]+(\.[\w-]+)*\.example\b/i],
  // British numbers; without the plus, not where a bare number stands in JSON, nor inside a longer one or an identifier.
  ['phone number', /\+44\d{9,10}(?!\d)|(?<![\w.:-])44\d{9,10}(?![\w-]|\.\d)/],
  // As they are written: a line may well speak of a debtor.
  ['name', oneOf(NAMES)],
  ['words', oneOf(WORDS, 'i')],
];

/** Where contact data of people of the suites stands in what functions printed. */
export function leaksIn(text: string): Leak[] {
  return text
    .split('\n')
    .flatMap((line, n) =>
      FINDS.flatMap(([kind, pattern]) => (pattern.test(line) ? [{ line: n + 1, kind }] : [])),
    );
}

function oneOf(texts: readonly string[], flags = ''): RegExp {
  return new RegExp(texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), flags);
}

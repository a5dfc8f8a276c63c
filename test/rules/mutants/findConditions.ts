import { type Token, tokenize } from './tokenize';

/** What decides something: an `allow` statement's condition, or what a function gives back. */
export interface Condition {
  /** The collection's name in the tables (`invoices/private`), or the function's. */
  readonly of: string;
  readonly kind: 'allow' | 'function';
  /** The methods of the `allow` statement. */
  readonly methods: readonly Token[];
  readonly tokens: readonly Token[];
}

/**
 * Finds every condition in rules of our style: `match /a/{b} {`, `allow x, y: if …;`, `function f() { let …; return
 * …; }`. Not a parser of the language.
 * @throws when the blocks do not close.
 */
export function findConditions(source: string): Condition[] {
  const tokens = tokenize(source);
  const conditions: Condition[] = [];
  /** A name for each open block: its match path's segments, its function's name, or null. */
  const open: ({ path: string[] } | { name: string } | null)[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const { text } = at(tokens, i);
    if (text === 'match' && tokens[i + 1]?.text === '/') {
      const end = blockStart(tokens, i);
      open.push({ path: pathOf(tokens.slice(i + 1, end)) });
      i = end;
    } else if (text === 'function') {
      open.push({ name: at(tokens, i + 1).text });
      i = tokens.findIndex((token, index) => index > i && token.text === '{');
    } else if (text === '{') {
      open.push(null);
    } else if (text === '}') {
      if (open.pop() === undefined)
        throw new Error(`Line ${at(tokens, i).line}: a block closes that is not open.`);
    } else if (text === 'allow') {
      const colon = indexOf(tokens, ':', i);
      const end = indexOf(tokens, ';', colon);
      const methods = tokens.slice(i + 1, colon).filter(({ kind }) => kind === 'word');
      const of = open.flatMap((block) => (block !== null && 'path' in block ? block.path : [])).join('/');
      conditions.push({ of, kind: 'allow', methods, tokens: tokens.slice(colon + 2, end) });
      i = end;
    } else if (text === 'return' || text === 'let') {
      const block = open.at(-1);
      const of = block != null && 'name' in block ? block.name : '';
      const from = text === 'let' ? i + 3 : i + 1;
      const end = indexOf(tokens, ';', i);
      conditions.push({ of, kind: 'function', methods: [], tokens: tokens.slice(from, end) });
      i = end;
    }
  }
  if (open.length > 0) throw new Error('A block stays open.');
  return conditions;
}

/** The brace that opens a match block: the first after which the path's own braces are closed. */
function blockStart(tokens: readonly Token[], from: number): number {
  for (let i = from + 1; i < tokens.length; i += 1) {
    if (tokens[i]?.text === '{' && tokens[i - 1]?.text !== '/') return i;
  }
  throw new Error('A match block without a body.');
}

/** The collections of a match path; what stands around all of them is not one. */
function pathOf(tokens: readonly Token[]): string[] {
  const names = tokens
    .filter(({ kind }, i) => kind === 'word' && tokens[i - 1]?.text === '/')
    .map(({ text }) => text);
  return names.filter((name) => name !== 'databases' && name !== 'documents');
}

function indexOf(tokens: readonly Token[], text: string, from: number): number {
  const index = tokens.findIndex((token, i) => i > from && token.text === text);
  if (index === -1) throw new Error(`Line ${at(tokens, from).line}: no "${text}" follows.`);
  return index;
}

function at(tokens: readonly Token[], index: number): Token {
  const token = tokens[index];
  if (token === undefined) throw new Error('The rules end in the middle of something.');
  return token;
}

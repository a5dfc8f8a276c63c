import { findConditions, type Condition } from './findConditions';
import { intruders } from './intruders';
import { type Token } from './tokenize';

export interface Mutant {
  readonly line: number;
  /** The collection or function that it is in. */
  readonly of: string;
  readonly kind: Condition['kind'];
  /** What was done, in one line; with `of` it names the mutant. */
  readonly mutation: string;
  readonly rules: string;
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly by: string;
  readonly line: number;
  readonly mutation: string;
}

const WIDER: Readonly<Record<string, string>> = {
  read: 'read, write',
  get: 'read',
  create: 'write',
  update: 'write',
  delete: 'write',
  'create, update': 'write',
};

const FLIPS: Readonly<Record<string, readonly string[]>> = {
  '==': ['!='],
  '!=': ['=='],
  '<=': ['<', '>'],
  '>=': ['>', '<'],
  '<': ['<=', '>='],
  '>': ['>=', '<='],
};

/** Every mutant of the rules: one change to one condition each. */
export function mutantsOf(source: string): Mutant[] {
  return findConditions(source).flatMap((condition) => {
    const edits = [
      ...widened(condition),
      ...dropped(condition.tokens, source),
      ...condition.tokens.flatMap((token, i) => atToken(condition.tokens, token, i)),
      ...lists(condition, source),
    ];
    return edits.map(({ from, to, by, line, mutation }) => ({
      line,
      of: condition.of,
      kind: condition.kind,
      mutation,
      rules: source.slice(0, from) + by + source.slice(to),
    }));
  });
}

function widened({ methods, tokens }: Condition): Edit[] {
  const first = methods[0];
  const last = methods.at(-1);
  if (first === undefined || last === undefined) return [];
  const were = methods.map(({ text }) => text).join(', ');
  // What is false stays false for more operations.
  if (tokens[0]?.text === 'false') return [edit(tokens[0], tokens[0], 'true', 'false → true')];
  const by = WIDER[were];
  if (by === undefined) throw new Error(`Line ${first.line}: no wider operation is known for "${were}".`);
  return [edit(first, last, by, `${were} → ${by}`)];
}

/** Each conjunct and each disjunct left out; a condition that is alone becomes `true`. */
function dropped(tokens: readonly Token[], source: string): Edit[] {
  const edits: Edit[] = [];
  for (const sign of ['&&', '||']) {
    const parts = split(tokens, sign);
    if (parts.length === 1) continue;
    for (const part of parts) {
      const hidden = part.find(({ text }) => text === '&&' || text === '||');
      if (hidden !== undefined)
        throw new Error(
          `Line ${hidden.line}: a condition within a condition: give it a function of its own.`,
        );
      const first = part[0];
      const last = part.at(-1);
      if (first === undefined || last === undefined) continue;
      const text = source.slice(first.at, endOf(last)).replaceAll(/\s+/g, ' ');
      edits.push(edit(first, last, sign === '&&' ? 'true' : 'false', `without ${text}`));
    }
    return edits;
  }
  const first = tokens[0];
  const last = tokens.at(-1);
  if (first === undefined || last === undefined || first.text === 'false') return [];
  return [edit(first, last, 'true', 'all of it → true')];
}

function split(tokens: readonly Token[], sign: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if ('([{'.includes(token.text)) depth += 1;
    if (')]}'.includes(token.text)) depth -= 1;
    if (depth === 0 && token.text === sign) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** What can go wrong at one token: a comparison, a bound, a pattern, a call, old for new. */
function atToken(tokens: readonly Token[], token: Token, i: number): Edit[] {
  const next = tokens[i + 1];
  const before = tokens[i - 1];
  const change = (by: string): Edit => edit(token, token, by, `${token.text} → ${by}`);
  if (token.kind === 'sign') return (FLIPS[token.text] ?? []).map(change);
  if (token.kind === 'number') {
    const number = Number(token.text);
    return [number + 1, ...(number > 0 ? [number - 1] : [])].map((other) => change(String(other)));
  }
  if (token.kind === 'text') {
    return before?.text === '(' && tokens[i - 2]?.text === 'matches' ? [change(`'(?s).*'`)] : [];
  }
  if (token.text === 'hasOnly') return [change('hasAny'), change('hasAll')];
  if (token.text === 'lower' && before !== undefined) {
    const close = tokens[i + 2];
    return close === undefined ? [] : [edit(before, close, '', 'without .lower()')];
  }
  if (token.text === 'resource' && next?.text === '.' && before?.text !== '.') {
    return [change('request.resource')];
  }
  if (token.text === 'request' && tokens[i + 2]?.text === 'resource') {
    return [edit(token, tokens[i + 2] ?? token, 'resource', 'request.resource → resource')];
  }
  return [];
}

/** An allow-list emptied, without each of its names, and with each that must not be in it. */
function lists({ tokens, of }: Condition, source: string): Edit[] {
  return tokens.flatMap((token, i) => {
    const close = tokens.findIndex((other, j) => j > i && other.text === ']');
    const items = tokens.slice(i + 1, close).filter(({ kind }) => kind === 'text' || kind === 'word');
    const end = tokens[close];
    // After a name it is no list but an index.
    if (token.text !== '[' || tokens[i - 1]?.kind === 'word') return [];
    if (end === undefined || items.length === 0) return [];
    const more = intruders[of];
    if (more === undefined)
      throw new Error(`Line ${token.line}: nothing is known that "${of}" must not let in.`);
    const list = source.slice(token.at + 1, end.at);
    const without = items.map((item) => {
      const rest = items.filter((other) => other !== item).map(({ text }) => text);
      return edit(token, end, `[${rest.join(', ')}]`, `list without ${item.text}`);
    });
    const extended = more.map((name) => edit(token, end, `[${list}, '${name}']`, `list with '${name}'`));
    return [edit(token, end, '[]', 'list emptied'), ...without, ...extended];
  });
}

function edit(first: Token, last: Token, by: string, mutation: string): Edit {
  return { from: first.at, to: endOf(last), by, line: first.line, mutation };
}

function endOf({ at, text }: Token): number {
  return at + text.length;
}

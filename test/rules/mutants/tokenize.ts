export interface Token {
  readonly kind: 'word' | 'number' | 'text' | 'sign';
  readonly text: string;
  /** Where it begins in the source, and the line of that, from 1. */
  readonly at: number;
  readonly line: number;
}

const SHAPES: readonly (readonly [Token['kind'] | 'nothing', RegExp])[] = [
  ['nothing', /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y],
  ['text', /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/y],
  ['number', /\d+(?:\.\d+)?/y],
  ['word', /[A-Za-z_]\w*/y],
  ['sign', /&&|\|\||==|!=|<=|>=|=\*\*|[-+*/%<>=!?:;,.()[\]{}$]/y],
];

/** The tokens of rules source, comments and blanks left out. @throws on a character that begins none. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < source.length) {
    const found = match(source, at);
    if (found === null) throw new Error(`Line ${line}: no token begins with ${source.slice(at, at + 10)}`);
    const [kind, text] = found;
    if (kind !== 'nothing') tokens.push({ kind, text, at, line });
    line += text.split('\n').length - 1;
    at += text.length;
  }
  return tokens;
}

function match(source: string, at: number): readonly [Token['kind'] | 'nothing', string] | null {
  for (const [kind, shape] of SHAPES) {
    shape.lastIndex = at;
    const found = shape.exec(source);
    if (found !== null) return [kind, found[0]];
  }
  return null;
}

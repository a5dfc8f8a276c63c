/** A log entry as Cloud Logging keeps it: what a function wrote as JSON is its `jsonPayload`. */
export type LogEntry = Readonly<Record<string, unknown>>;

type Test = (entry: LogEntry) => boolean;

const TOKEN = /\s*(?:(AND|OR|NOT)\b|([()])|(>=|<=|!=|=~|=|>|<|:)|("(?:[^"\\]|\\.)*"|\*|-?[\w.]+))/y;

/**
 * As much of the Logging query language as our own filters use: comparisons of a field with a value or with
 * `("a" OR "b")`, `field:*`, AND, OR, NOT and brackets. Of a comparison that can not be made (a missing field, a text where
 * a number is wanted) nothing is true.
 *
 * @throws Error for whatever else
 */
export function logFilter(text: string): Test {
  return new Parser(tokensOf(text)).all();
}

interface Token {
  readonly kind: 'word' | 'bracket' | 'operator' | 'value';
  readonly text: string;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const source = text.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) throw new Error(`The filter can not be read at: ${source.slice(at, at + 30)}`);
    const [, word, bracket, operator, value] = match;
    if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (bracket !== undefined) tokens.push({ kind: 'bracket', text: bracket });
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator });
    else tokens.push({ kind: 'value', text: value ?? '' });
  }
  return tokens;
}

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  all(): Test {
    const test = this.either();
    if (this.at < this.tokens.length) throw new Error(`The filter does not end at: ${this.next().text}`);
    return test;
  }

  /** OR binds less than AND. */
  private either(): Test {
    const tests = [this.both()];
    while (this.take('OR')) tests.push(this.both());
    return (entry) => tests.some((test) => test(entry));
  }

  private both(): Test {
    const tests = [this.one()];
    while (this.take('AND')) tests.push(this.one());
    return (entry) => tests.every((test) => test(entry));
  }

  private one(): Test {
    if (this.take('NOT')) {
      const test = this.one();
      return (entry) => !test(entry);
    }
    if (this.take('(')) {
      const test = this.either();
      this.expect(')');
      return test;
    }
    const path = this.next().text.split('.');
    const operator = this.next().text;
    const values = this.values();
    return (entry) => {
      const found = fieldOf(entry, path);
      return found !== undefined && values.some((value) => compare(found, operator, value));
    };
  }

  /** One value, or several of which one is enough. */
  private values(): string[] {
    if (!this.take('(')) return [valueOf(this.next().text)];
    const values = [valueOf(this.next().text)];
    while (this.take('OR')) values.push(valueOf(this.next().text));
    this.expect(')');
    return values;
  }

  private take(text: string): boolean {
    const token = this.tokens[this.at];
    if (token === undefined || token.kind === 'value' || token.text !== text) return false;
    this.at += 1;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) throw new Error(`The filter lacks ${text}`);
  }

  private next(): Token {
    const token = this.tokens[this.at];
    if (token === undefined) throw new Error('The filter ends too early');
    this.at += 1;
    return token;
  }
}

function valueOf(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}

function fieldOf(entry: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? Reflect.get(value, name)
        : undefined,
    entry,
  );
}

function compare(found: unknown, operator: string, value: string): boolean {
  const text = typeof found === 'string' || typeof found === 'number' ? String(found) : '';
  switch (operator) {
    case '=':
      return text === value;
    case '!=':
      return text !== value;
    case ':':
      return value === '*' || text.includes(value);
    case '>':
      return Number(found) > Number(value);
    case '>=':
      return Number(found) >= Number(value);
    case '<':
      return Number(found) < Number(value);
    case '<=':
      return Number(found) <= Number(value);
    default:
      throw new Error(`There is no ${operator} in this filter language`);
  }
}

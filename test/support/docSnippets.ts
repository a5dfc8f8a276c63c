import { readFileSync } from 'node:fs';
import ts from 'typescript';

export interface Snippet {
  readonly name: string;
  readonly source: string;
}

/** The named code blocks of a document: each exports one function, called as the block is. */
export function docSnippets(file: string): Snippet[] {
  const blocks = readFileSync(file, 'utf8').matchAll(/^```ts(?<name>[^\n]*)\n(?<source>.*?)^```$/gms);
  return [...blocks].map(({ groups }) => {
    const name = groups?.['name']?.trim() ?? '';
    const source = groups?.['source'] ?? '';
    if (!new RegExp(`^export (async )?function ${name}\\(`, 'm').test(source)) {
      throw new Error(`the block "${name}" of ${file} exports no function of its name`);
    }
    return { name, source };
  });
}

/** Snippets by name, ready to be called with the one object that each takes. */
export class SnippetBook {
  private readonly functions = new Map<string, (context: object) => unknown>();
  private readonly called = new Set<string>();

  constructor(readonly snippets: readonly Snippet[]) {
    for (const snippet of snippets) this.functions.set(snippet.name, load(snippet));
  }

  /** Calls a snippet; what it returns is as its block says. */
  async call<T>(name: string, context: object): Promise<T> {
    const run = this.functions.get(name);
    if (run === undefined) throw new Error(`the document has no block "${name}"`);
    this.called.add(name);
    return (await run(context)) as T;
  }

  /** Names of the blocks that nobody has called. */
  get notCalled(): string[] {
    return [...this.functions.keys()].filter((name) => !this.called.has(name));
  }
}

function load({ name, source }: Snippet): (context: object) => unknown {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: Record<string, unknown> = {};
  // The module system of the test: a snippet must see the same copy of the SDK, and plain objects of the same realm.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const define = new Function('exports', 'require', outputText) as (
    exports: object,
    load: NodeJS.Require,
  ) => void;
  define(exported, require);
  const run = exported[name];
  if (typeof run !== 'function') throw new Error(`the block "${name}" does not export ${name}`);
  return (context) => (run as (context: object) => unknown)(context);
}

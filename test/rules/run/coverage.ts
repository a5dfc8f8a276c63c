import { z } from 'zod';

interface Node {
  readonly sourcePosition: {
    readonly line: number;
    readonly currentOffset: number;
    readonly endOffset: number;
  };
  readonly values?: readonly { readonly value: object }[] | undefined;
  readonly children?: readonly Node[] | undefined;
}

const node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    sourcePosition: z.object({ line: z.int(), currentOffset: z.int(), endOffset: z.int() }),
    values: z.array(z.object({ value: z.looseObject({}) })).optional(),
    children: z.array(node).optional(),
  }),
);

const report = z.object({ report: z.array(node) });

/** A condition of the rules that the run did not try both ways. */
export interface Uncovered {
  readonly line: number;
  readonly text: string;
  readonly why: 'never evaluated' | 'only ever true' | 'only ever false';
}

export interface Coverage {
  /** Boolean conditions that took both values. */
  readonly both: number;
  readonly uncovered: readonly Uncovered[];
}

/**
 * Reads the emulator's report of what each expression came to. Any expression that was never evaluated counts, and of
 * those that gave a boolean the ones that gave only one. An error is no value: it refuses, yet does
 * not show that the condition can be false.
 */
export async function readCoverage(host: string, projectId: string, rules: string): Promise<Coverage> {
  const answer = await fetch(`http://${host}/emulator/v1/projects/${projectId}:ruleCoverage`);
  if (!answer.ok) throw new Error(`No coverage report: ${answer.status}`);
  const seen = new Map<string, { line: number; text: string; evaluated: boolean; came: Set<boolean> }>();
  const visit = ({ sourcePosition: at, values = [], children = [] }: Node): void => {
    const key = `${at.currentOffset}-${at.endOffset}`;
    const text = rules.slice(at.currentOffset, at.endOffset + 1).replaceAll(/\s+/g, ' ');
    const entry = seen.get(key) ?? { line: at.line, text, evaluated: false, came: new Set<boolean>() };
    seen.set(key, entry);
    for (const { value } of values) {
      entry.evaluated = true;
      if ('boolValue' in value && typeof value.boolValue === 'boolean') entry.came.add(value.boolValue);
    }
    for (const child of children) visit(child);
  };
  for (const root of report.parse(await answer.json()).report) visit(root);
  const uncovered: Uncovered[] = [];
  let both = 0;
  for (const { line, text, evaluated, came } of seen.values()) {
    if (came.size === 2) both += 1;
    else if (!evaluated) uncovered.push({ line, text, why: 'never evaluated' });
    else if (came.size === 1)
      uncovered.push({ line, text, why: came.has(true) ? 'only ever true' : 'only ever false' });
  }
  return { both, uncovered };
}

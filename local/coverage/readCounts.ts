import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One way that a program can take at a branch, and how often it was taken. */
export interface Way {
  /** Of the branch, in the file. */
  readonly line: number;
  /** As istanbul names it: `if`, `cond-expr`, `binary-expr`, `switch`, `default-arg`. */
  readonly kind: string;
  /** Of the branch's ways, from 0: the `else` of an `if` is 1. */
  readonly way: number;
  taken: number;
}

const countsSchema = z.record(z.string(), z.array(z.number().int()));
const branchesSchema = z.record(
  z.string(),
  z.object({
    counts: countsSchema,
    branchMap: z.record(
      z.string(),
      z.object({ type: z.string(), loc: z.object({ start: z.object({ line: z.number() }) }) }),
    ),
  }),
);

/** Which branches there are, as bundleCovered.mjs wrote them. */
export const BRANCHES = 'branches.json';

/**
 * Adds up what every process left in a folder.
 *
 * @returns for each file of functions/src, by its path from the root, every way of every branch
 */
export function readCounts(folder: string): ReadonlyMap<string, readonly Way[]> {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const files = branchesSchema.parse(read(BRANCHES));
  for (const name of readdirSync(folder).filter((name) => name.startsWith('counts-'))) {
    for (const [path, counts] of Object.entries(z.record(z.string(), countsSchema).parse(read(name)))) {
      add(files[path]?.counts ?? {}, counts);
    }
  }
  return new Map(
    Object.entries(files).map(([path, { counts, branchMap }]) => [
      path,
      Object.entries(branchMap).flatMap(([branch, { type, loc }]) =>
        (counts[branch] ?? []).map((taken, way) => ({ line: loc.start.line, kind: type, way, taken })),
      ),
    ]),
  );
}

function add(sum: z.infer<typeof countsSchema>, counts: z.infer<typeof countsSchema>): void {
  for (const [branch, ways] of Object.entries(counts)) {
    ways.forEach((taken, way) => {
      const of = sum[branch];
      if (of !== undefined) of[way] = (of[way] ?? 0) + taken;
    });
  }
}

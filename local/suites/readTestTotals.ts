import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { RESULTS } from './jestCommand';

const results = z.object({
  numPassedTests: z.number().int(),
  numFailedTests: z.number().int(),
  numRuntimeErrorTestSuites: z.number().int(),
  wasInterrupted: z.boolean().default(false),
});

export interface TestTotals {
  passed: number;
  failed: number;
}

/**
 * Tests over all suites of the last run, whose results are taken away. A suite that did not even load counts as one
 * failed, as does no result.
 */
export function readTestTotals(file = RESULTS): TestTotals {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const totals = results.parse(JSON.parse(readFileSync(file, 'utf8')));
  rmSync(file);
  const broken = totals.numRuntimeErrorTestSuites + (totals.wasInterrupted ? 1 : 0);
  return { passed: totals.numPassedTests, failed: totals.numFailedTests + broken };
}

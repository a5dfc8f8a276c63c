import { parseArgs } from 'node:util';
import { runOnFirestore } from './suites/runOnFirestore';
import { runCommand } from './stack/runCommand';
import { StartError } from './stack/startError';

const USAGE = 'Usage: npm run test:properties [-- --runs N --seed S]';
const DEFAULT_RUNS = '5000';

/**
 * `npm run test:properties [-- --runs N --seed S]`: the property tests that need Firestore, with more cases than
 * `npm test` has time for. Ends with 1 when one fails.
 */
function properties(interrupted: AbortSignal): Promise<number> {
  const { runs, seed } = readCommandLine();
  const env = { RECOUP_PROPERTY_RUNS: runs, ...(seed === undefined ? {} : { RECOUP_TEST_SEED: seed }) };
  return runOnFirestore(['test/properties/'], env, interrupted);
}

function readCommandLine(): { readonly runs: string; readonly seed: string | undefined } {
  try {
    const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } });
    const { runs = DEFAULT_RUNS, seed } = values;
    if (!/^[1-9]\d*$/.test(runs) || (seed !== undefined && !/^\d+$/.test(seed))) throw new StartError(USAGE);
    return { runs, seed };
  } catch {
    throw new StartError(USAGE);
  }
}

runCommand(properties);

import { parseArgs } from 'node:util';
import { runOnFirestore } from './suites/runOnFirestore';
import { runCommand } from './stack/runCommand';
import { StartError } from './stack/startError';

const USAGE = 'Usage: npm run test:subscriptions [-- --runs N --seed S]';
/** Every order of seven events once. */
const DEFAULT_RUNS = '5040';

/**
 * `npm run test:subscriptions [-- --runs N --seed S]`: the lives of subscriptions whose events come in any order, more of
 * them than `npm test` has time for. Ends with 1 when one does not end as Stripe has it.
 */
function subscriptions(interrupted: AbortSignal): Promise<number> {
  const { runs, seed } = readCommandLine();
  const env = { RECOUP_SUBSCRIPTION_RUNS: runs, ...(seed === undefined ? {} : { RECOUP_TEST_SEED: seed }) };
  return runOnFirestore(['test/subscriptions/'], env, interrupted);
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

runCommand(subscriptions);

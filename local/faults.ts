import { parseArgs } from 'node:util';
import { runOnFirestore } from './suites/runOnFirestore';
import { runCommand } from './stack/runCommand';
import { StartError } from './stack/startError';

const USAGE = 'Usage: npm run test:faults [-- --plans N --seed S --from I]';
const DEFAULT_PLANS = '2000';

/**
 * `npm run test:faults [-- --plans N --seed S --from I]`: use cases played with faults, more of them than `npm test`
 * has time for. A plan is known by the seed and its number: `--from` plays a long run in parts, or one plan again. Ends
 * with 1 when one goes wrong.
 */
function faults(interrupted: AbortSignal): Promise<number> {
  const { plans, seed, from } = readCommandLine();
  const env = {
    RECOUP_FAULT_PLANS: plans,
    RECOUP_FAULT_FROM: from,
    ...(seed === undefined ? {} : { RECOUP_TEST_SEED: seed }),
  };
  return runOnFirestore(['test/faults/'], env, interrupted);
}

function readCommandLine(): {
  readonly plans: string;
  readonly seed: string | undefined;
  readonly from: string;
} {
  try {
    const string = { type: 'string' } as const;
    const { values } = parseArgs({ options: { plans: string, seed: string, from: string } });
    const { plans = DEFAULT_PLANS, seed, from = '0' } = values;
    const isNumber = (text: string): boolean => /^\d{1,9}$/.test(text);
    if (!/^[1-9]\d{0,8}$/.test(plans) || !isNumber(from) || (seed !== undefined && !isNumber(seed)))
      throw new StartError(USAGE);
    return { plans, seed, from };
  } catch {
    throw new StartError(USAGE);
  }
}

runCommand(faults);

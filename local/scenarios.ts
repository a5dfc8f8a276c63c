import { parseArgs } from 'node:util';
import { runOnFirestore } from './suites/runOnFirestore';
import { runCommand } from './stack/runCommand';
import { StartError } from './stack/startError';

const USAGE = 'Usage: npm run test:scenarios [-- --days N]';
const DEFAULT_DAYS = '120';

/**
 * `npm run test:scenarios [-- --days N]`: the journeys through days of a chase, longer than `npm test` makes them and
 * with every job at each of its slots. Ends with 1 when a day is not as it should be.
 */
function scenarios(interrupted: AbortSignal): Promise<number> {
  return runOnFirestore(['test/scenarios/'], { RECOUP_SCENARIO_DAYS: days() }, interrupted);
}

function days(): string {
  try {
    const { days: given = DEFAULT_DAYS } = parseArgs({ options: { days: { type: 'string' } } }).values;
    if (!/^[1-9]\d{0,2}$/.test(given)) throw new StartError(USAGE);
    return given;
  } catch {
    throw new StartError(USAGE);
  }
}

runCommand(scenarios);

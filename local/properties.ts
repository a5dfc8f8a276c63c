import { parseArgs } from 'node:util';
import { readTestTotals } from './suites/readTestTotals';
import { runJest } from './suites/runJest';
import { endMarked } from './stack/endMarked';
import { MARK, newMark } from './stack/mark';
import { runCommand } from './stack/runCommand';
import { startFirestore } from './stack/startFirestore';
import { startReaper } from './stack/startReaper';
import { StartError } from './stack/startError';

const USAGE = 'Usage: npm run test:properties [-- --runs N --seed S]';
const DEFAULT_RUNS = '5000';

/**
 * `npm run test:properties [-- --runs N --seed S]`: the property tests that need Firestore, with more cases than
 * `npm test` has time for. Ends with 1 when one fails.
 */
async function properties(interrupted: AbortSignal): Promise<number> {
  const { runs, seed } = readCommandLine();
  // Whatever a suite starts and does not stop carries this mark.
  const mark = newMark();
  const letReaperGo = startReaper(mark, []);
  process.env[MARK] = mark;
  const firestore = await startFirestore({ interrupted });
  try {
    const env = {
      FIRESTORE_EMULATOR_HOST: firestore.host,
      RECOUP_PROPERTY_RUNS: runs,
      ...(seed === undefined ? {} : { RECOUP_TEST_SEED: seed }),
    };
    await runJest(['test/properties/'], env, interrupted);
  } finally {
    await firestore.stop();
    await endMarked(mark);
    letReaperGo();
  }
  const { passed, failed } = readTestTotals();
  return failed === 0 && passed > 0 ? 0 : 1;
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

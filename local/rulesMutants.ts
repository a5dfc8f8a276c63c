import { parseArgs } from 'node:util';
import { readTestTotals } from './suites/readTestTotals';
import { runJest } from './suites/runJest';
import { runCommand } from './stack/runCommand';
import { startFirestore } from './stack/startFirestore';

/**
 * `npm run test:rules:mutants [-- --sample 40 --seed N]`: asks the rules' tables of every mutant of firestore.rules,
 * or of so many chosen by a seed. Ends with 1 when one survives.
 */
async function rulesMutants(interrupted: AbortSignal): Promise<number> {
  const { values } = parseArgs({ options: { sample: { type: 'string' }, seed: { type: 'string' } } });
  const firestore = await startFirestore({ interrupted });
  try {
    const env = {
      FIRESTORE_EMULATOR_HOST: firestore.host,
      RECOUP_RULES_MUTANTS: values.sample ?? 'all',
      ...(values.seed === undefined ? {} : { RECOUP_TEST_SEED: values.seed }),
    };
    await runJest(['test/rules/mutants/mutants'], env, interrupted);
  } finally {
    await firestore.stop();
  }
  const { passed, failed } = readTestTotals();
  return failed === 0 && passed > 0 ? 0 : 1;
}

runCommand(rulesMutants);

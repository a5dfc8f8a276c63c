import { endMarked } from '../stack/endMarked';
import { MARK, newMark } from '../stack/mark';
import { startFirestore } from '../stack/startFirestore';
import { startReaper } from '../stack/startReaper';
import { readTestTotals } from './readTestTotals';
import { runJest } from './runJest';
import { sayLeaks } from './sayLeaks';

/**
 * Runs suites that need Firestore and nothing else, with settings that `npm test` has no time for, and says how many
 * tests passed and failed. Contact data of anybody in what functions printed meanwhile is a failure as well.
 *
 * @param suites jest's arguments that choose them
 * @param env for the suites
 * @returns the exit code: 1 when a test failed or none ran
 */
export async function runOnFirestore(
  suites: readonly string[],
  env: Record<string, string>,
  interrupted: AbortSignal,
): Promise<number> {
  const began = Date.now();
  // Whatever a suite starts and does not stop carries this mark.
  const mark = newMark();
  const letReaperGo = startReaper(mark, []);
  process.env[MARK] = mark;
  const firestore = await startFirestore({ interrupted });
  try {
    await runJest([...suites], { FIRESTORE_EMULATOR_HOST: firestore.host, ...env }, interrupted);
  } finally {
    await firestore.stop();
    await endMarked(mark);
    letReaperGo();
  }
  const { passed, failed: failedTests } = readTestTotals();
  const failed = failedTests + sayLeaks(began);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

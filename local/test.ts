import { SUITES } from './coverage/suites';
import { runSuites } from './suites/runSuites';
import { sayLeaks } from './suites/sayLeaks';
import { endMarked } from './stack/endMarked';
import { MARK, newMark } from './stack/mark';
import { pruneLogs } from './stack/pruneLogs';
import { runCommand } from './stack/runCommand';
import { startReaper } from './stack/startReaper';

/** Suites that have a command of their own, which plays a long form of them or counts: the gate runs that, not them. */
const APART = [
  ...SUITES,
  '/test/scenarios/',
  '/test/properties/messages/sending',
  '/test/faults/',
  '/test/rules/mutants/mutants',
];
const leftOut = process.env['RECOUP_LONG_SUITES'] === 'apart' ? APART : [];

/**
 * The end-to-end suites come last and one by one: they start a process for each request in flight, which leaves no
 * room for other suites on two cores. Those in a browser have a command of their own, for not every machine has one.
 */
const PASSES = [
  ['--testPathIgnorePatterns', ...leftOut, '/e2e/', '/browser/', '/node_modules/', '/lib/'],
  ['/test/e2e/', '--runInBand'],
];

/**
 * `npm test [-- jest's arguments]`: starts what the chosen suites need, runs them, stops everything. The last
 * line is `N passed, N failed` over all suites; a suite that cannot run counts as one failed, and so does contact data
 * of anybody in what functions printed meanwhile.
 */
async function test(interrupted: AbortSignal): Promise<number> {
  const chosen = process.argv.slice(2);
  const began = Date.now();
  pruneLogs();
  // Whatever a suite starts and does not stop carries this mark.
  const mark = newMark();
  const letReaperGo = startReaper(mark, []);
  process.env[MARK] = mark;
  let passed = 0;
  let failed = 0;
  try {
    for (const parameters of chosen.length > 0 ? [chosen] : PASSES) {
      const totals = await runSuites(parameters, interrupted);
      passed += totals.passed;
      failed += totals.failed;
    }
  } finally {
    await endMarked(mark);
    letReaperGo();
  }
  failed += sayLeaks(began);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

runCommand(test);

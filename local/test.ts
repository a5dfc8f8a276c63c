import { findLeaks } from './suites/findLeaks';
import { runSuites } from './suites/runSuites';
import { endMarked } from './stack/endMarked';
import { MARK, newMark } from './stack/mark';
import { pruneLogs } from './stack/pruneLogs';
import { runCommand } from './stack/runCommand';
import { startReaper } from './stack/startReaper';

/** Suites with a long form under a command of its own: the gate runs that, and leaves them out here. */
const LONG_FORMS = [
  '/test/scenarios/',
  '/test/properties/messages/sending',
  '/test/faults/',
  '/test/rules/mutants/mutants',
];
const leftOut = process.env['RECOUP_LONG_SUITES'] === 'apart' ? LONG_FORMS : [];

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
  const leaks = findLeaks(began);
  if (leaks.length > 0) {
    console.error(`Somebody's contact data stands in what functions have printed:\n${leaks.join('\n')}`);
    failed += 1;
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

runCommand(test);

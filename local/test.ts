import { findChromium, HOW_TO_GET_CHROMIUM } from './suites/findChromium';
import { runSuites } from './suites/runSuites';
import { endMarked } from './stack/endMarked';
import { MARK, newMark } from './stack/mark';
import { pruneLogs } from './stack/pruneLogs';
import { runCommand } from './stack/runCommand';
import { startReaper } from './stack/startReaper';

/**
 * The end-to-end suites come last and one by one: they start a process for each request in flight, which leaves no
 * room for other suites on two cores. Those in a browser are among them where there is a browser.
 */
function passes(): string[][] {
  const hasBrowser = findChromium() !== null;
  if (!hasBrowser) console.log(`Without the suites of test/browser. ${HOW_TO_GET_CHROMIUM}`);
  return [
    ['--testPathIgnorePatterns', '/e2e/', '/browser/', '/node_modules/', '/lib/'],
    [hasBrowser ? '/test/(e2e|browser)/' : '/test/e2e/', '--runInBand'],
  ];
}

/**
 * `npm test [-- jest's arguments]`: starts what the chosen suites need, runs them, stops everything. The last
 * line is `N passed, N failed` over all suites; a suite that cannot run counts as one failed.
 */
async function test(interrupted: AbortSignal): Promise<number> {
  const chosen = process.argv.slice(2);
  pruneLogs();
  // Whatever a suite starts and does not stop carries this mark.
  const mark = newMark();
  const letReaperGo = startReaper(mark, []);
  process.env[MARK] = mark;
  let passed = 0;
  let failed = 0;
  try {
    for (const parameters of chosen.length > 0 ? [chosen] : passes()) {
      const totals = await runSuites(parameters, interrupted);
      passed += totals.passed;
      failed += totals.failed;
    }
  } finally {
    await endMarked(mark);
    letReaperGo();
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

runCommand(test);

import { findChromium, HOW_TO_GET_CHROMIUM } from './suites/findChromium';
import { runSuites } from './suites/runSuites';
import { endMarked } from './stack/endMarked';
import { MARK, newMark } from './stack/mark';
import { pruneLogs } from './stack/pruneLogs';
import { runCommand } from './stack/runCommand';
import { StartError } from './stack/startError';
import { startReaper } from './stack/startReaper';

/** `npm run test:browser [-- jest's arguments]`: the operators' console in a real browser, on a stack of its own. */
async function browser(interrupted: AbortSignal): Promise<number> {
  if (findChromium() === null) throw new StartError(HOW_TO_GET_CHROMIUM);
  pruneLogs();
  // Whatever a suite starts and does not stop carries this mark.
  const mark = newMark();
  const letReaperGo = startReaper(mark, []);
  process.env[MARK] = mark;
  try {
    const suites = ['/test/browser/', '--runInBand', ...process.argv.slice(2)];
    const { passed, failed } = await runSuites(suites, interrupted);
    console.log(`${passed} passed, ${failed} failed`);
    return failed === 0 && passed > 0 ? 0 : 1;
  } finally {
    await endMarked(mark);
    letReaperGo();
  }
}

runCommand(browser);

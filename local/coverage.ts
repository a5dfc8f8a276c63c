import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isEnough, judge } from './coverage/judge';
import { BRANCHES, readCounts } from './coverage/readCounts';
import { SUITES } from './coverage/suites';
import { missingWays, verdictTable, worstTable } from './coverage/tables';
import { COVERED } from './stack/functionProcess';
import { privateFolder } from './stack/logFolder';
import { repositoryRoot } from './stack/repositoryRoot';
import { runCommand } from './stack/runCommand';
import { runOnFirestore } from './suites/runOnFirestore';

const BUNDLER = join(repositoryRoot, 'local/coverage/bundleCovered.mjs');

/**
 * `npm run test:coverage [-- jest's arguments]`: runs suites with every branch of functions/src counted, in what they
 * import and in each process that serves a function, and ends with 1 when a test failed or too few branches were taken.
 */
async function coverage(interrupted: AbortSignal): Promise<number> {
  const chosen = process.argv.slice(2);
  const suites = chosen.length > 0 ? chosen : SUITES;
  const began = performance.now();
  const folder = join(privateFolder, 'coverage');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let failed: number;
  try {
    await promisify(execFile)(process.execPath, [BUNDLER, join(folder, BRANCHES)]);
    // For functions' processes too, which are started by what jest starts.
    failed = await runOnFirestore(suites, { RECOUP_COVERAGE: folder }, interrupted);
  } finally {
    // A deploy takes what lies there.
    rmSync(COVERED, { recursive: true, force: true });
  }
  const files = readCounts(folder);
  const verdicts = judge(files);
  const missing = join(folder, 'missing.txt');
  writeFileSync(missing, missingWays(files));
  console.log(`Branches of functions/src, by ${suites.join(' ')}`);
  console.log(verdictTable(verdicts));
  console.log(`Most is missing in\n${worstTable(files)}\nAll that is missing: ${missing}`);
  console.log(`${((performance.now() - began) / 1_000).toFixed(0)} s`);
  if (failed !== 0) console.log('A test failed, or none ran.');
  return failed === 0 && verdicts.every(isEnough) ? 0 : 1;
}

runCommand(coverage);

import { parseArgs } from 'node:util';
import { allBugs } from './seeded-bugs/allBugs';
import { makeScratchCopy, type ScratchCopy } from './seeded-bugs/scratchCopy';
import { tryBug } from './seeded-bugs/tryBug';
import { endMarked } from './stack/endMarked';
import { MARK, newMark } from './stack/mark';
import { runCommand } from './stack/runCommand';
import { StartError } from './stack/startError';
import { startFirestore } from './stack/startFirestore';
import { startReaper } from './stack/startReaper';
import { untilAborted } from './stack/untilAborted';

const USAGE = 'Usage: npm run test:seeded-bugs [-- --only name,name]';

/**
 * `npm run test:seeded-bugs [-- --only name,name]`: plants each bug in a copy of the checkout and runs the suites that
 * have to notice it. Ends with 1 when one is not noticed.
 */
async function seededBugs(interrupted: AbortSignal): Promise<number> {
  const bugs = chosen();
  const mark = newMark();
  const letReaperGo = startReaper(mark, []);
  process.env[MARK] = mark;
  const firestore = await startFirestore({ interrupted });
  const copies = [await makeScratchCopy('a'), await makeScratchCopy('b')];
  const interruption = untilAborted(interrupted);
  const survived: string[] = [];
  const left = bugs.values();
  try {
    // What one of them has begun the others leave out: they share the list.
    const tryEach = async (copy: ScratchCopy): Promise<void> => {
      for (const bug of left) {
        const { found, failed, seconds } = await tryBug(copy, bug, firestore.host, interruption);
        if (!found) survived.push(bug.name);
        console.log(
          `${found ? '✓' : '✗'} ${bug.name}: ${found ? `noticed, ${failed} failed` : 'NOT noticed'} (${seconds.toFixed(0)} s)`,
        );
      }
    };
    await Promise.all(copies.map(tryEach));
  } finally {
    for (const copy of copies) copy.remove();
    await firestore.stop();
    await endMarked(mark);
    letReaperGo();
  }
  console.log(`${bugs.length - survived.length} of ${bugs.length} planted bugs were noticed.`);
  return survived.length === 0 ? 0 : 1;
}

function chosen(): typeof allBugs {
  let only: string | undefined;
  try {
    ({ only } = parseArgs({ options: { only: { type: 'string' } } }).values);
  } catch {
    throw new StartError(USAGE);
  }
  if (only === undefined) return allBugs;
  const names = only.split(',');
  const unknown = names.find((name) => !allBugs.some((bug) => bug.name === name));
  if (unknown !== undefined) throw new StartError(`There is no bug "${unknown}". ${USAGE}`);
  return allBugs.filter(({ name }) => names.includes(name));
}

runCommand(seededBugs);

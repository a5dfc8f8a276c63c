import { playLanes } from './playLanes';
import { ENOUGH_PLANS, Report } from './report';

/** `npm run test:faults` has time for more. */
const PLANS = Number(process.env['RECOUP_FAULT_PLANS'] ?? 40);
const FROM = Number(process.env['RECOUP_FAULT_FROM'] ?? 0);
/** A short run has other suites beside it, and plays the same plans each time: new ones are for the long runs. */
const IS_LONG = PLANS > 100;
/** RECOUP_TEST_SEED repeats one that failed. */
const SEED = Number(
  process.env['RECOUP_TEST_SEED'] ?? (IS_LONG ? Math.floor(Math.random() * 1_000_000_000) : 2026),
);
/** A lane waits for the emulator and for processes: more of them than cores. */
const LANES = IS_LONG ? 5 : 2;
const TELL_EVERY = 250;
/** What a run of hours has seen is not lost when it is broken off. */
const TABLE_EVERY = 2_500;

describe('whole use cases, with faults below the client', () => {
  it(
    `end as they should (${PLANS} plans of seed ${SEED} from ${FROM})`,
    async () => {
      const report = new Report(SEED);
      const began = performance.now();
      const order = {
        seed: SEED,
        from: FROM,
        plans: PLANS,
        lanes: LANES,
        emulator: process.env['FIRESTORE_EMULATOR_HOST'] ?? '',
      };
      await playLanes(order, (news) => {
        report.add(news);
        if (IS_LONG && news.shrunk !== null) process.stderr.write(`${report.wrong.at(-1)}\n`);
        if (report.plans % TELL_EVERY === 0)
          process.stderr.write(`${report.plans} plans, ${report.wrong.length} wrong\n`);
        if (report.plans % TABLE_EVERY === 0)
          process.stderr.write(`${report.table(performance.now() - began)}\n`);
      });
      if (IS_LONG) process.stderr.write(`${report.table(performance.now() - began)}\n`);
      if (report.wrong.length > 0) throw new Error(report.wrong.join('\n\n'));
      expect(report.plans).toBe(PLANS);
      expect(PLANS < ENOUGH_PLANS ? [] : report.missing()).toEqual([]);
    },
    120_000 + PLANS * 10_000,
  );
});

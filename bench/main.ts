import { startFirestore } from '../local/stack/startFirestore';
import { deliver as post, startHarness } from '../test/support/webhookHarness';
import { measureAtOnce } from './atOnce';
import { startFirestoreWire } from './firestoreWire';
import { type Scenario, scenarios } from './scenarios';

/** Five deliveries of one event at the same instant may take at most this many times as long as one. */
const MOST_TIMES = 2;

/**
 * `npm run bench`: what a delivery costs, counted on the wire between the deployed export and Firestore. Exits 1 when
 * a cost rises above its budget.
 */
async function main(): Promise<number> {
  const firestore = await startFirestore();
  const wire = await startFirestoreWire(firestore.host);
  try {
    process.env['FIRESTORE_EMULATOR_HOST'] = firestore.host;
    const harness = await startHarness({ FIRESTORE_EMULATOR_HOST: wire.host });
    try {
      const deliver = async (event: object, times = 1): Promise<void> => {
        const answers = await post(harness.webhook.origin, event, times);
        const bad = answers.find((answer) => answer.status !== 200);
        if (bad !== undefined)
          throw new Error(`a delivery was answered ${bad.status}: ${JSON.stringify(bad.body)}`);
      };
      const [first] = scenarios;
      if (first === undefined) throw new Error('there is nothing to measure');
      // The first call of a process also loads the client; that is not what is counted here.
      await deliver(await first.prepare(harness.db, deliver));

      console.log('Firestore calls for one delivery, counted on the wire (deployed export, emulator)\n');
      const rises: string[] = [];
      for (const scenario of scenarios) {
        const event = await scenario.prepare(harness.db, deliver);
        wire.take();
        await deliver(event);
        const { calls, bytes } = wire.take();
        const rose = overBudget(scenario, calls);
        rises.push(...rose);
        console.log(
          `${rose.length === 0 ? '✓' : '✗'} ${scenario.name.padEnd(46)}${spell(calls).padEnd(34)}${bytes} bytes`,
        );
      }

      const { oneMs, fiveMs } = await measureAtOnce(harness.db, first, deliver);
      const ratio = fiveMs / oneMs;
      const tooSlow = ratio > MOST_TIMES;
      console.log(
        `\n${tooSlow ? '✗' : '✓'} five deliveries of one event at once: ${ratio.toFixed(2)} times one ` +
          `(medians ${fiveMs.toFixed(1)} ms and ${oneMs.toFixed(1)} ms; at most ${MOST_TIMES} times)`,
      );
      for (const rise of rises) console.log(`\n${rise}`);
      return rises.length === 0 && !tooSlow ? 0 : 1;
    } finally {
      await harness.stop();
    }
  } finally {
    wire.stop();
    await firestore.stop();
  }
}

function overBudget(scenario: Scenario, calls: Readonly<Record<string, number>>): string[] {
  return Object.entries(calls)
    .filter(([method, count]) => count > (scenario.budget[method] ?? 0))
    .map(
      ([method, count]) => `${scenario.name}: ${count} ${method}, budget ${scenario.budget[method] ?? 0}.`,
    );
}

function spell(calls: Readonly<Record<string, number>>): string {
  const parts = Object.entries(calls).map(([method, count]) => `${count} ${method}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);

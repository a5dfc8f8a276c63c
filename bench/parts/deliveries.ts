import { deliver as post, startHarness } from '../../test/support/webhookHarness';
import { type BenchPart } from '../benchPart';
import { onTheWire } from '../wire/onTheWire';
import { type DeliveryKind, deliveryKinds } from './deliveryKinds';
import { measureAtOnce } from './measureAtOnce';

/** Five deliveries of one event at the same instant may take at most this many times as long as one. */
const MOST_TIMES = 2;

/** What a delivery of Stripe's costs, in calls to Firestore. */
export const deliveries: BenchPart = {
  name: 'deliveries',
  title: 'Firestore calls for one delivery, counted on the wire (deployed export, emulator)',
  run: (report) =>
    onTheWire(async (wire) => {
      const harness = await startHarness({ FIRESTORE_EMULATOR_HOST: wire.host });
      try {
        const deliver = async (event: object, times = 1): Promise<void> => {
          const answers = await post(harness.webhook.origin, event, times);
          const bad = answers.find((answer) => answer.status !== 200);
          if (bad !== undefined)
            throw new Error(`a delivery was answered ${bad.status}: ${JSON.stringify(bad.body)}`);
        };
        const [first] = deliveryKinds;
        if (first === undefined) throw new Error('there is nothing to measure');
        // The first call of a process also loads the client; that is not what is counted here.
        await deliver(await first.prepare(harness.db, deliver));
        for (const kind of deliveryKinds) {
          const event = await kind.prepare(harness.db, deliver);
          wire.take();
          await deliver(event);
          const { calls, bytes } = wire.take();
          report.line(
            isInBudget(kind, calls),
            `${kind.name.padEnd(46)}${spell(calls).padEnd(34)}${bytes} bytes`,
          );
        }

        const { oneMs, fiveMs } = await measureAtOnce(harness.db, first, deliver);
        const ratio = fiveMs / oneMs;
        report.line(
          ratio <= MOST_TIMES,
          `five deliveries of one event at once: ${ratio.toFixed(2)} times one ` +
            `(medians ${fiveMs.toFixed(1)} ms and ${oneMs.toFixed(1)} ms; at most ${MOST_TIMES} times)`,
        );
      } finally {
        await harness.stop();
      }
    }),
};

function isInBudget({ budget }: DeliveryKind, calls: Readonly<Record<string, number>>): boolean {
  return Object.entries(calls).every(([method, count]) => count <= (budget[method] ?? 0));
}

function spell(calls: Readonly<Record<string, number>>): string {
  const parts = Object.entries(calls).map(([method, count]) => `${count} ${method}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

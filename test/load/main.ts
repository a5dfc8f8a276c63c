import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../../local/stack/repositoryRoot';
import { runCommand } from '../../local/stack/runCommand';
import { StartError } from '../../local/stack/startError';
import { startFirestore } from '../../local/stack/startFirestore';
import { manyPayments } from '../support/manyPayments';
import { type MessageHarness, startMessageHarness } from '../support/messageHarness';
import { latency } from './latency';
import { measureSize } from './measureSize';
import { playMix } from './playMix';
import { highestRate, MOST_P99 } from './ramp';
import { stripeRequest } from './traffic/payments';

const USAGE = 'Usage: npm run test:load [-- --users N --seconds N --part mix|ramp]';
/** Requests at each level of the ramp. */
const AT_A_LEVEL = 400;
/** Our highest rate against that of a bare transaction of the same size. */
const LEAST_SHARE = 0.5;

/**
 * `npm run test:load [-- --users N --seconds N --part mix|ramp]`: people who act every ten seconds against the deployed exports, over HTTP;
 * then the highest rate of payments against that of a bare transaction. Ends with 1 when anything is lost, double,
 * refused or late.
 */
async function load(interrupted: AbortSignal): Promise<number> {
  const { part, ...mix } = options();
  const firestore = await startFirestore({ interrupted });
  process.env['FIRESTORE_EMULATOR_HOST'] = firestore.host;
  const harness = await startMessageHarness({}, { target: 'stripeWebhook' });
  try {
    const mixHolds = part === 'ramp' || (await reportMix(harness, firestore.host, mix));
    const rampHolds = part === 'mix' || (await reportRamp(harness, firestore.host));
    return mixHolds && rampHolds ? 0 : 1;
  } finally {
    await harness.stop();
    await firestore.stop();
  }
}

async function reportMix(
  harness: MessageHarness,
  firestoreHost: string,
  mix: { users: number; seconds: number },
): Promise<boolean> {
  console.log(`${mix.users} users, each acting every 10 s, for ${mix.seconds} s\n`);
  const { played, faults } = await playMix(harness, firestoreHost, mix);
  let holds = faults.length === 0;
  for (const { name, isWebhook, fired } of played) {
    const { p50, p95, p99, perSecond } = latency(fired);
    const good = fired.errors === 0 && (!isWebhook || p99 <= MOST_P99);
    holds &&= good;
    console.log(
      `${good ? '✓' : '✗'} ${name.padEnd(22)} ${String(fired.times.length).padStart(5)} answers, ` +
        `${perSecond.toFixed(1)}/s, p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms, ${fired.errors} errors`,
    );
  }
  for (const fault of faults) console.log(`✗ ${fault}`);
  if (faults.length === 0) console.log('✓ nothing lost, nothing double, every listener has seen its end');
  return holds;
}

async function reportRamp(harness: MessageHarness, firestoreHost: string): Promise<boolean> {
  const size = await measureSize(harness, firestoreHost);
  console.log(
    `\nThe highest rate before p99 passes ${MOST_P99} ms (${size.reads} documents read, ${size.writes} written)\n`,
  );
  const bare = await harness.serve('bare', {
    FUNCTION_SOURCE: join(repositoryRoot, 'bench/lib/test/load/bare.js'),
    RECOUP_BARE_READS: String(size.reads),
    RECOUP_BARE_WRITES: String(size.writes),
    RECOUP_BARE_BYTES: String(size.bytes),
  });
  const payment = async () => (await manyPayments(harness.db, AT_A_LEVEL, 1)).deliveries.map(stripeRequest);
  const nothing = { path: '/', headers: { 'content-type': 'application/json' }, body: '{}' };
  const rates = {
    payment: await highestRate(harness.webhook.origin, payment, level('a payment')),
    bare: await highestRate(
      bare.origin,
      () => Promise.resolve(Array.from({ length: AT_A_LEVEL }, () => nothing)),
      level('a bare transaction'),
    ),
  };
  const share = rates.payment.perSecond / rates.bare.perSecond;
  const holds = share >= LEAST_SHARE;
  console.log(
    `${holds ? '✓' : '✗'} payments ${rates.payment.perSecond.toFixed(1)}/s, bare transactions ` +
      `${rates.bare.perSecond.toFixed(1)}/s: ${share.toFixed(2)} of it, at least ${LEAST_SHARE}`,
  );
  return holds;
}

function level(name: string): Parameters<typeof highestRate>[2] {
  return (connections, { perSecond, p99 }) => {
    console.log(`  ${name}, ${connections} at once: ${perSecond.toFixed(1)}/s, p99 ${p99} ms`);
  };
}

function options(): { users: number; seconds: number; part: string | undefined } {
  try {
    const string = { type: 'string' } as const;
    const {
      users = '1000',
      seconds = '60',
      part,
    } = parseArgs({ options: { users: string, seconds: string, part: string } }).values;
    if (![users, seconds].every((text) => /^[1-9]\d{0,4}$/.test(text))) throw new StartError(USAGE);
    if (part !== undefined && part !== 'mix' && part !== 'ramp') throw new StartError(USAGE);
    return { users: Number(users), seconds: Number(seconds), part };
  } catch {
    throw new StartError(USAGE);
  }
}

runCommand(load);

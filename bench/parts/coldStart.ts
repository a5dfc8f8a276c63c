import { join } from 'node:path';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { startFirestore } from '../../local/stack/startFirestore';
import { repositoryRoot } from '../../local/stack/repositoryRoot';
import { manyPayments } from '../../test/support/manyPayments';
import { emailEvent, postAsSendgrid } from '../../test/support/sendgridPost';
import { inboundFields, newPhone, postAsTwilio, statusFields } from '../../test/support/twilioPost';
import { post } from '../../test/support/webhookHarness';
import { type BenchPart } from '../benchPart';
import { firstAnswer } from '../coldStart/firstAnswer';

const ROUNDS = Number(process.env['RECOUP_BENCH_ROUNDS'] ?? 9);
/** Time of a webhook function against that of the bare one. */
const MOST_TIMES = 1.25;
const PROJECT = 'demo-cold-start';

/** From the start of a process to its first 2xx: every webhook function against one that does next to nothing. */
export const coldStart: BenchPart = {
  name: 'cold-start',
  title: `Cold start: from process start to the first 2xx (median of ${ROUNDS}, taken by turns)`,
  run: async (report) => {
    const firestore = await startFirestore();
    process.env['FIRESTORE_EMULATOR_HOST'] = firestore.host;
    const app = initializeApp({ projectId: PROJECT }, PROJECT);
    const env = {
      GCLOUD_PROJECT: PROJECT,
      FIRESTORE_EMULATOR_HOST: firestore.host,
      PROVIDER_SANDBOX_ORIGIN: 'http://127.0.0.1:9',
    };
    try {
      const bodies = [...(await manyPayments(getFirestore(app), ROUNDS, 1)).deliveries];
      const bareSource = { FUNCTION_SOURCE: join(repositoryRoot, 'bench/lib/bench/coldStart/bare.js') };
      const starts: Record<string, () => Promise<number>> = {
        bare: () =>
          firstAnswer({ target: 'bare', env: { ...env, ...bareSource } }, async (origin) => {
            const { status } = await fetch(origin, { method: 'POST', body: '{}' });
            return status;
          }),
        stripeWebhook: () => {
          const body = bodies.pop() ?? '';
          return firstAnswer({ target: 'stripeWebhook', env }, async (o) => (await post(o, body)).status);
        },
        twilioSmsReply: () => {
          const fields = inboundFields(newPhone(), 'STOP');
          return firstAnswer(
            { target: 'twilioSmsReply', env },
            async (o) => (await postAsTwilio(o, { path: 'sms-reply', fields })).status,
          );
        },
        twilioSmsStatus: () => {
          const fields = statusFields(newPhone(), 'delivered');
          return firstAnswer(
            { target: 'twilioSmsStatus', env },
            async (o) => (await postAsTwilio(o, { path: 'sms-status', fields })).status,
          );
        },
        sendgridEvents: () => {
          const batch = [emailEvent('bounce', 'somebody@client.example', { type: 'bounce' })];
          return firstAnswer(
            { target: 'sendgridEvents', env },
            async (o) => (await postAsSendgrid(o, batch)).status,
          );
        },
      };
      const taken: Record<string, number[]> = {};
      for (let round = 0; round < ROUNDS; round += 1)
        for (const [name, start] of Object.entries(starts)) (taken[name] ??= []).push(await start());
      const bare = median(taken['bare'] ?? []);
      report.note(`a function that reads and writes one document: ${bare.toFixed(0)} ms`);
      for (const [name, times] of Object.entries(taken)) {
        if (name === 'bare') continue;
        const ratio = median(times) / bare;
        report.line(
          ratio <= MOST_TIMES,
          `${name.padEnd(16)} ${median(times).toFixed(0)} ms: ${ratio.toFixed(2)} times (at most ${MOST_TIMES})`,
        );
      }
    } finally {
      await deleteApp(app);
      await firestore.stop();
    }
  },
};

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

import { type Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { connectFirestore } from '../stack/connectFirestore';
import { PROJECT } from '../stack/firebaseCli';
import { type LocalClock } from '../stack/localClock';
import { callFunction } from './callFunction';
import { checkAlerts } from './checkAlerts';
import { checkPayment } from './checkPayment';
import { checkSealed } from './checkSealed';
import { controlSandbox } from './controlSandbox';
import { DayReport } from './dayReport';
import { makeSampleAdmin } from './makeSampleAdmin';
import { payInSandbox, type Payment } from './payInSandbox';
import { playMessages } from './playMessages';
import { playSubscription } from './playSubscription';
import { SAMPLE_ADMIN } from './sampleAdmin';
import { BOUNCING_CLIENT, CLIENT, FREELANCER, INVOICES, totalOf } from './sampleData';
import { type SampleOrigins } from './sampleOrigins';
import { signInFreelancer } from './signInFreelancer';
import { writeDrafts } from './writeDrafts';
import { writeFreelancer } from './writeFreelancer';

const DELIVERIES = 5;
const savedClient = z.object({ clientId: z.string() });
const sentInvoice = z.object({ invoiceId: z.string(), status: z.string() });
const checkout = z.object({
  sessionId: z.string(),
  url: z.string(),
  amount: z.number(),
  currency: z.string(),
});

/**
 * A freelancer's day over the real HTTP endpoints: sign in, subscribe, save a client, send invoices; one of them is paid while
 * Stripe repeats itself, one is chased until its debtor says STOP, one comes back. Prints what happened; true when all went as it should.
 *
 * @param options.sealed contact data is sealed, and at the end looked for in the whole database
 * @param options.log the file in which the functions' own lines are, which are to wake nobody
 */
export async function playSampleDay(
  origins: SampleOrigins,
  clock: LocalClock,
  { sealed, log }: { readonly sealed: boolean; readonly log: string },
): Promise<boolean> {
  const report = new DayReport();
  console.log('\nThe sample day');
  try {
    const db = connectFirestore(origins.firestoreHost);
    if (sealed) await db.doc('system_config/contact_data').set({ sealed: true });
    await play(origins, clock, report, db);
    if (sealed) await checkSealed(db, report);
    checkAlerts(report, log);
  } catch {
    // The step that failed has said so; the rest of the day hangs on it.
    return false;
  }
  console.log('\nWhere to look');
  console.log(`  what Stripe accepted: curl ${origins.sandboxOrigin}/_sandbox/requests?provider=stripe`);
  console.log(`  what Twilio has:      curl ${origins.sandboxOrigin}/_sandbox/twilio/messages`);
  console.log(`  what SendGrid has:    curl ${origins.sandboxOrigin}/_sandbox/sendgrid/messages`);
  const invoice = documentUrl(origins, `invoices/${INVOICES[0].id}`);
  console.log('  the chase, one run:   npm run job -- process-escalations');
  console.log(
    `  the operators:        ${origins.hostingOrigin}/console/ (its sign-in knows ${SAMPLE_ADMIN.email})`,
  );
  console.log(`  the paid invoice:     curl -H 'Authorization: Bearer owner' '${invoice}'`);
  return !report.failed;
}

async function play(
  origins: SampleOrigins,
  clock: LocalClock,
  report: DayReport,
  db: Firestore,
): Promise<void> {
  process.env['FIREBASE_AUTH_EMULATOR_HOST'] = origins.authHost;
  const [invoice] = INVOICES;
  const amount = totalOf(invoice.items);

  await report.step(
    'an operator is made an admin',
    () => makeSampleAdmin(origins),
    () => SAMPLE_ADMIN.email,
  );
  const idToken = await report.step('the freelancer signs in', () => signInFreelancer(origins.authHost));
  await report.step(
    'has a profile',
    () => writeFreelancer(db),
    () => FREELANCER.businessName,
  );
  const call = <T>(name: string, data: unknown, result: z.ZodType<T>): Promise<T> =>
    callFunction(origins.functionsOrigin, name, idToken, data, result);

  await setCarriers(origins.sandboxOrigin);
  await playSubscription(origins, report, call);
  const { clientId } = await report.step(
    'saves a client',
    () => call('saveClient', CLIENT, savedClient),
    (saved) => saved.clientId,
  );
  const gone = await call('saveClient', BOUNCING_CLIENT, savedClient);
  await report.step(`writes ${INVOICES.length} drafts`, () => writeDrafts(db, clientId, gone.clientId));
  for (const { id, reference } of INVOICES) {
    await report.step(
      `sends ${reference}`,
      () => call('sendInvoice', { invoiceId: id }, sentInvoice),
      ({ status }) => status,
    );
  }
  const session = await report.step(
    `opens a payment page for ${invoice.reference}`,
    () => call('createCheckoutSession', { invoiceId: invoice.id }, checkout),
    (opened) => `${opened.amount} ${opened.currency} in minor units, ${opened.sessionId}`,
  );
  const payment = await report.step(
    `the debtor pays, each event is delivered ${DELIVERIES} times at once`,
    () => payInSandbox(origins.sandboxOrigin, session.sessionId, DELIVERIES),
    sayDeliveries,
  );
  const refused = payment.deliveries.filter(({ status }) => status !== 200);
  const [firstRefusal] = refused;
  report.check(
    'every delivery was answered 200',
    refused.length === 0,
    firstRefusal === undefined
      ? ''
      : `${refused.length} were not, e.g. ${firstRefusal.status} ${firstRefusal.body}`,
  );
  await checkPayment(db, report, { id: invoice.id, amount }, payment);
  await playMessages({ db, report, call, clock, sandboxOrigin: origins.sandboxOrigin });
}

/** From now on the carriers of both providers deliver, and say so. */
async function setCarriers(sandboxOrigin: string): Promise<void> {
  for (const provider of ['twilio', 'sendgrid'])
    await controlSandbox(sandboxOrigin, 'PUT', `${provider}/carrier`, {
      callbacks: 'auto',
      outcome: 'delivered',
    });
}

function sayDeliveries({ deliveries, events }: Payment): string {
  const repeats = deliveries.filter(({ body }) => body.includes('"duplicate":true')).length;
  return `${deliveries.length} deliveries of ${events.length} events, ${repeats} recognised as repeats`;
}

function documentUrl({ firestoreHost }: SampleOrigins, path: string): string {
  return `http://${firestoreHost}/v1/projects/${PROJECT}/databases/(default)/documents/${path}`;
}

import { type Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { type LocalClock } from '../stack/localClock';
import { controlSandbox } from './controlSandbox';
import { type DayReport } from './dayReport';
import { messageIs } from './messageIs';
import { nextWorkingMorning } from './nextWorkingMorning';
import { CLIENT, INVOICES, TERM_DAYS } from './sampleData';

/** Calls a function as the signed-in freelancer. */
export type Call = <T>(name: string, data: unknown, result: z.ZodType<T>) => Promise<T>;

interface Stage {
  readonly db: Firestore;
  readonly report: DayReport;
  readonly call: Call;
  readonly sandboxOrigin: string;
  readonly clock: LocalClock;
}

const queued = z.object({ status: z.string(), outboxId: z.string() });
const delivered = z.object({ deliveries: z.array(z.object({ status: z.number(), body: z.string() })) });
const mails = z.array(
  z.object({ messageId: z.string(), recipients: z.array(z.object({ customArgs: z.looseObject({}) })) }),
);

/**
 * Three weeks later: the second invoice is overdue, its debtor gets a reminder and answers STOP; another one is then
 * refused. And an e-mail comes back, so that nothing more goes to its address.
 */
export async function playMessages(stage: Stage): Promise<void> {
  const { clock } = stage;
  const morning = nextWorkingMorning(new Date(), TERM_DAYS + 5);
  clock.travel(morning);
  console.log(
    `  … ${morning.toISOString().slice(0, 10)}, ten in the morning: ${INVOICES[1].reference} is overdue`,
  );
  try {
    await playStop(stage);
    await playBounce(stage);
  } finally {
    clock.present();
  }
}

async function playStop({ db, report, call, sandboxOrigin }: Stage): Promise<void> {
  const invoiceId = INVOICES[1].id;
  const remind = (requestId: string) => call('sendCollectionsSms', { invoiceId, requestId }, queued);
  const { outboxId } = await report.step(
    'the freelancer asks for a reminder by text message',
    () => remind('first'),
    ({ status }) => status,
  );
  await report.step(
    'it goes out, and the carrier says that it arrived',
    () => messageIs(db, outboxId, ['delivered']),
    (state) => state,
  );
  await report.step(
    'the debtor answers STOP',
    async () =>
      delivered.parse(
        await controlSandbox(sandboxOrigin, 'POST', 'twilio/inbound', { from: CLIENT.phone, body: 'Stop' }),
      ),
    ({ deliveries }) => /<Message>(.*)<\/Message>/.exec(deliveries[0]?.body ?? '')?.[1] ?? 'no answer',
  );
  // Under the number, or under its hash where contact data is sealed.
  const optOuts = await db.collection('sms_opt_outs').where('status', '==', 'opted_out').get();
  report.check('the number is opted out, for everybody', optOuts.size === 1, '');
  const refusal = await remind('second').then(
    () => 'it was queued',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  report.check('a second reminder is refused', /PERMISSION_DENIED.*opted out on/.test(refusal), refusal);
}

async function playBounce({ db, report, sandboxOrigin }: Stage): Promise<void> {
  const outboxId = `invoice_${INVOICES[2].id}`;
  await messageIs(db, outboxId, ['sent', 'delivered']);
  const sent = mails.parse(await controlSandbox(sandboxOrigin, 'GET', 'sendgrid/messages'));
  const messageId = sent.find(({ recipients }) =>
    recipients.some(({ customArgs }) => customArgs['outboxId'] === outboxId),
  )?.messageId;
  await report.step(
    `the e-mail with ${INVOICES[2].reference} comes back`,
    async () => {
      const bounce = { event: 'bounce', type: 'bounce', reason: '550 no such mailbox' };
      const body = { messageId, events: [bounce] };
      const { deliveries } = delivered.parse(
        await controlSandbox(sandboxOrigin, 'POST', 'sendgrid/events', body),
      );
      const [delivery] = deliveries;
      if (delivery?.status !== 200) throw new Error(`answered ${delivery?.status ?? 'nothing'}`);
    },
    () => 'taken in',
  );
  const row = await db.doc(`outbox/${outboxId}`).get();
  report.check('it counts as failed', row.get('reason') === 'bounced', String(row.get('status')));
  const suppressed = await db.doc(`email_suppressions/${String(row.get('recipientHash'))}`).get();
  report.check('nothing more goes to that address', suppressed.get('reason') === 'bounce', '');
}

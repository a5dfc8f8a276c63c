import { type ServedFunction } from '../../local/stack/serveFunction';
import { type EscalationWorld } from '../../test/support/escalationWorld';
import { emailEvent, postAsSendgrid } from '../../test/support/sendgridPost';
import {
  checkoutSession,
  event,
  invoiceMetadata,
  newId,
  paymentIntent as paymentIntentObject,
} from '../../test/support/stripeEvents';
import { postAsTwilio, statusFields } from '../../test/support/twilioPost';
import { post } from '../../test/support/webhookHarness';
import { type FirestoreWire, type WireCount } from '../../test/support/wire/firestoreWire';

/** One step in the life of an invoice, as it was counted. */
export interface LifeStep {
  readonly name: string;
  /** Requests to functions. */
  readonly requests: number;
  /** Their time, milliseconds. */
  readonly ms: number;
  readonly billed: WireCount['billed'];
}

/** Due on 1 December: the days on which its levels begin, none of them a holiday. */
const DUE = '2026-12-01';
const LEVEL_DAYS = { gentle: '2026-12-07', firm: '2026-12-16', final: '2026-12-31' } as const;
const AMOUNT = 10_000;

/**
 * One invoice from being sent to being paid after its final notice, with every message sent, delivered and reported: what
 * the functions read and write for it, step by step. Without the jobs' own rows.
 *
 * @throws Error when a step does not come to what it should
 */
export async function invoiceLife(world: EscalationWorld, wire: FirestoreWire): Promise<readonly LifeStep[]> {
  const { harness } = world;
  const env = { FIRESTORE_EMULATOR_HOST: wire.host };
  const served = {
    sendInvoice: await harness.serve('sendInvoice', env),
    sendEmail: await harness.serve('sendEmail', env),
    sendSms: await harness.serve('sendSms', env),
    sendgridEvents: await harness.serve('sendgridEvents', env),
    twilioSmsStatus: await harness.serve('twilioSmsStatus', env),
    stripeWebhook: await harness.serve('stripeWebhook', env),
  };
  const live = (count: (name: string, requests: number, work: () => Promise<void>) => Promise<void>) =>
    play(world, served, count);
  // The first life of a process also loads what it needs.
  await live((_name, _requests, work) => work());
  const steps: LifeStep[] = [];
  await live(async (name, requests, work) => {
    wire.take();
    const began = performance.now();
    await work();
    const ms = performance.now() - began;
    const { billed, ofJobs } = wire.take();
    steps.push({
      name,
      requests,
      ms,
      billed: {
        reads: billed.reads - ofJobs.reads,
        writes: billed.writes - ofJobs.writes,
        deletes: billed.deletes - ofJobs.deletes,
      },
    });
  });
  return steps;
}

type Served = Record<
  'sendInvoice' | 'sendEmail' | 'sendSms' | 'sendgridEvents' | 'twilioSmsStatus' | 'stripeWebhook',
  ServedFunction
>;

async function play(
  world: EscalationWorld,
  served: Served,
  step: (name: string, requests: number, work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const { harness } = world;
  harness.travel('2026-11-24T10:00:00Z');
  const { invoiceId, freelancerId, email, phone } = await world.seedDue(DUE, {
    invoice: { status: 'draft', escalationLevel: 'pending', nextActionAt: null, sentAt: null },
    user: { subscriptionTier: 'pro' },
  });
  const deliver = async (outboxId: string, channel: 'email' | 'sms'): Promise<void> => {
    const worker = channel === 'email' ? served.sendEmail : served.sendSms;
    await good(`sending ${outboxId}`, harness.dispatch(worker, outboxId));
    const sent = harness.sent().find((message) => message.outboxId === outboxId);
    if (sent === undefined) throw new Error(`${outboxId} was not sent\n${worker.logTail(5)}`);
    if (channel === 'email') {
      const about = { outboxId, sg_message_id: `${sent.messageId}.filter.1` };
      const batch = ['processed', 'delivered'].map((what) => emailEvent(what, email, about));
      await good('the events', statusOf(postAsSendgrid(served.sendgridEvents.origin, batch)));
      return;
    }
    for (const status of ['sent', 'delivered']) {
      const fields = statusFields(phone, status, { sid: sent.messageId });
      const about = { path: 'sms-status', fields, query: `?o=${outboxId}` } as const;
      await good('the status', statusOf(postAsTwilio(served.twilioSmsStatus.origin, about)));
    }
  };

  await step('the invoice is sent', 1, async () => {
    const { error } = await harness.call(served.sendInvoice, freelancerId, { invoiceId });
    if (error !== null) throw new Error(`sendInvoice answered ${error}`);
  });
  await step('its e-mail goes out and arrives', 2, () => deliver(`invoice_${invoiceId}`, 'email'));
  for (const [level, day] of Object.entries(LEVEL_DAYS)) {
    harness.travel(`${day}T10:00:00Z`);
    const channels = level === 'gentle' ? (['email'] as const) : (['email', 'sms'] as const);
    await step(`it reaches ${level}`, 1, async () => {
      const { total } = await world.run();
      const { escalated } = total as { escalated?: number };
      if (escalated !== 1) throw new Error(`${level}: ${JSON.stringify(total)}`);
    });
    for (const channel of channels) {
      const name = `its ${level} ${channel === 'sms' ? 'SMS' : 'e-mail'} goes out and arrives`;
      await step(name, channel === 'sms' ? 3 : 2, () =>
        deliver(`dunning_${invoiceId}_${level}_${channel}`, channel),
      );
    }
  }
  const payment = {
    paymentIntent: newId('pi'),
    amount: AMOUNT,
    metadata: invoiceMetadata(invoiceId, freelancerId),
  };
  await step('it is paid: two events', 2, async () => {
    for (const told of [
      event('checkout.session.completed', checkoutSession(payment)),
      event('payment_intent.succeeded', paymentIntentObject(payment)),
    ]) {
      await good('the payment', statusOf(post(served.stripeWebhook.origin, JSON.stringify(told))));
    }
  });
  await step('its receipt goes out and arrives', 2, () =>
    deliver(`receipt_${payment.paymentIntent}`, 'email'),
  );
}

async function statusOf(answer: Promise<{ readonly status: number }>): Promise<number> {
  return (await answer).status;
}

async function good(what: string, answered: Promise<number>): Promise<void> {
  const status = await answered;
  if (status >= 300) throw new Error(`${what}: ${status}`);
}

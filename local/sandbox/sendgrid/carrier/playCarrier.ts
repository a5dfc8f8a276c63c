import { playCallbacks } from '../../callbackPlan';
import { type Mail, type Recipient } from '../mail';
import { SUPPRESSIONS } from '../mailStore';
import { type SendgridContext } from '../sendgridContext';
import { applyEvent } from './applyEvent';
import { buildEvent, type SendgridEvent } from './buildEvent';
import { type CarrierPlan } from './carrierPlan';
import { postBatch } from './postBatch';

interface Step {
  event: string;
  more?: Record<string, unknown>;
}

const COURSES: Record<CarrierPlan['outcome'], Step[]> = {
  delivered: [{ event: 'processed' }, { event: 'delivered' }],
  bounce: [{ event: 'processed' }, { event: 'bounce' }],
  blocked: [{ event: 'processed' }, { event: 'bounce', more: { type: 'blocked' } }],
  dropped: [{ event: 'dropped' }],
  deferred: [{ event: 'processed' }, { event: 'deferred' }],
  spamreport: [{ event: 'processed' }, { event: 'delivered' }, { event: 'spamreport' }],
};

interface Planned {
  event: SendgridEvent;
  recipient: Recipient;
  place: number;
}

/** Takes one mail to where the plan wants it, and posts the events on the way. */
export async function playCarrier(
  context: SendgridContext,
  mail: Mail,
  plan: CarrierPlan,
  signal: AbortSignal,
): Promise<void> {
  const planned = mail.recipients.flatMap((recipient) =>
    courseOf(context, recipient, plan).map(({ event, more = {} }, place): Planned => {
      const timestamp = Math.floor(context.now().getTime() / 1000) + place;
      const facts = { event, more, timestamp, email: recipient.email, about: { mail, recipient } };
      return { event: buildEvent(facts), recipient, place };
    }),
  );
  const reached = new Map<Recipient, number>();
  const callbacks = batches(planned, plan.batch).map((batch) => ({
    happen: () => {
      for (const { event, recipient, place } of batch) {
        // A late event tells of the past: the mail itself never goes back.
        if (place < (reached.get(recipient) ?? -1)) continue;
        reached.set(recipient, place);
        applyEvent(context, event, recipient);
      }
    },
    post: async () => {
      const target = context.eventTarget();
      const events = batch.map(({ event }) => event);
      if (target !== undefined) await postBatch(target, events);
    },
  }));
  await playCallbacks(callbacks, plan, () => context.random(), signal);
}

/** Nothing goes out to a suppressed address, whatever the plan. */
function courseOf(context: SendgridContext, recipient: Recipient, plan: CarrierPlan): Step[] {
  const suppression = context.store.suppressionOf(recipient.email);
  if (suppression === undefined) return COURSES[plan.outcome];
  return [{ event: 'dropped', more: { reason: SUPPRESSIONS[suppression] } }];
}

function batches(planned: Planned[], size: number): Planned[][] {
  return Array.from({ length: Math.ceil(planned.length / size) }, (_, index) =>
    planned.slice(index * size, (index + 1) * size),
  );
}

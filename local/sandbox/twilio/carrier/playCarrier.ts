import { playCallbacks } from '../../callbackPlan';
import { type Message, type MessageStatus } from '../message';
import { type TwilioContext } from '../twilioContext';
import { type CarrierPlan } from './carrierPlan';
import { postStatus } from './postStatus';
import { setStatus } from './setStatus';

const COURSES: Record<CarrierPlan['outcome'], MessageStatus[]> = {
  delivered: ['queued', 'sent', 'delivered'],
  undelivered: ['queued', 'sent', 'undelivered'],
  failed: ['queued', 'failed'],
};
const USUAL_ERRORS = { delivered: null, undelivered: 30003, failed: 30008 };

/** Takes one message to where the plan wants it, and posts what Twilio would post on the way. */
export async function playCarrier(
  context: TwilioContext,
  message: Message,
  plan: CarrierPlan,
  signal: AbortSignal,
): Promise<void> {
  const course = COURSES[plan.outcome];
  let reached = -1;
  const callbacks = course.map((status, place) => {
    const errorCode = place === course.length - 1 ? (plan.errorCode ?? USUAL_ERRORS[plan.outcome]) : null;
    const error = plan.outcome === 'delivered' ? null : errorCode;
    return {
      // A late callback tells of the past: the message itself never goes back.
      happen: () => {
        if (place < reached) return;
        reached = place;
        setStatus(message, status, error, context.now());
      },
      post: () => postStatus(context, message, status, error),
    };
  });
  await playCallbacks(callbacks, plan, () => context.random(), signal);
}

import { z } from 'zod';
import { parseControl } from '../../parseControl';
import { type SandboxAnswer } from '../../provider';
import { carrierPlan } from '../carrier/carrierPlan';
import { eventWebhook } from '../eventWebhook';
import { type SendgridContext } from '../sendgridContext';
import { sendEvents } from './sendEvents';

const suppressionSchema = z.strictObject({
  reason: z.enum(['bounce', 'unsubscribe', 'spamreport', 'invalid']),
});

/**
 * Answers `/_sandbox/sendgrid/…`; undefined when there is no such control.
 * @param path what follows /_sandbox/sendgrid/
 * @throws ControlError for a call that makes no sense.
 */
export async function routeControl(
  context: SendgridContext,
  method: string,
  path: string[],
  body: unknown,
): Promise<SandboxAnswer | undefined> {
  const [room, id = '', ...rest] = path;
  if (rest.length > 0) return undefined;
  switch (`${method} ${[room, id && '{id}'].filter(Boolean).join('/')}`) {
    case 'GET messages':
      return ok(context.store.list());
    case 'POST events':
      return ok(await sendEvents(context, body));
    case 'GET carrier':
      return ok(context.carrier);
    case 'PUT carrier':
      context.carrier = parseControl(carrierPlan, body);
      return ok(context.carrier);
    case 'GET webhooks':
      return ok(context.webhooks);
    case 'PUT webhooks':
      context.webhooks = parseControl(z.array(eventWebhook), body);
      return ok(context.webhooks);
    case 'PUT suppressions/{id}': {
      const { reason } = parseControl(suppressionSchema, body);
      context.store.suppress(decodeURIComponent(id), reason);
      return ok({ email: decodeURIComponent(id), reason });
    }
    case 'DELETE suppressions/{id}':
      context.store.liftSuppression(decodeURIComponent(id));
      return ok({ email: decodeURIComponent(id), reason: null });
    default:
      return undefined;
  }
}

function ok(body: unknown): SandboxAnswer {
  return { status: 200, body };
}

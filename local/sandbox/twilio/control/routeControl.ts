import { parseControl } from '../../parseControl';
import { type SandboxAnswer } from '../../provider';
import { setting } from '../../settings';
import { buildMessage } from '../buildMessage';
import { carrierPlan } from '../carrier/carrierPlan';
import { ourNumber } from '../ourNumber';
import { type TwilioContext } from '../twilioContext';
import { changeStatus } from './changeStatus';
import { describeNumber } from './describeNumber';
import { receiveInbound } from './receiveInbound';

/**
 * Answers `/_sandbox/twilio/…`; undefined when there is no such control.
 * @param path what follows /_sandbox/twilio/
 * @throws ControlError for a call that makes no sense.
 */
export async function routeControl(
  context: TwilioContext,
  method: string,
  path: string[],
  body: unknown,
): Promise<SandboxAnswer | undefined> {
  const [room, id = '', verb] = path;
  const call = `${method} ${[room, id && '{id}', verb].filter(Boolean).join('/')}`;
  switch (call) {
    case 'GET messages': {
      const accountSid = setting('TWILIO_ACCOUNT_SID');
      return ok(context.store.list().map((message) => buildMessage(message, accountSid)));
    }
    case 'POST messages/{id}/status':
      return ok(await changeStatus(context, id, body));
    case 'POST inbound':
      return ok(await receiveInbound(context, body));
    case 'GET carrier':
      return ok(context.carrier);
    case 'PUT carrier':
      context.carrier = parseControl(carrierPlan, body);
      return ok(context.carrier);
    case 'GET number':
      return ok(context.number);
    case 'PUT number':
      context.number = ourNumber.parse({
        ...context.number,
        ...parseControl(ourNumber.partial(), body),
      });
      return ok(context.number);
    case 'PUT numbers/{id}':
      return ok(describeNumber(context, decodeURIComponent(id), body));
    default:
      return undefined;
  }
}

function ok(body: unknown): SandboxAnswer {
  return { status: 200, body };
}

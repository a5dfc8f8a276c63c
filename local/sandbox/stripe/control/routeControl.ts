import { type SandboxAnswer } from '../../provider';
import { liveOn, removeCustomer, subscribe } from '../billing/controlSubscriptions';
import { changeAccount } from '../connect/changeAccount';
import { type StripeContext } from '../stripeContext';
import { paySession } from './paySession';
import { putObject } from './putObject';
import { refundPayment } from './refundPayment';
import { sendEvent } from './sendEvent';

/**
 * Answers `/_sandbox/stripe/…`; undefined when there is no such control.
 * @param path what follows /_sandbox/stripe/
 * @throws ControlError for a call that makes no sense.
 */
export async function routeControl(
  context: StripeContext,
  method: string,
  path: string[],
  query: URLSearchParams,
  body: unknown,
): Promise<SandboxAnswer | undefined> {
  const [room, id = '', verb] = path;
  const call = `${method} ${[room, id && '{id}', verb].filter(Boolean).join('/')}`;
  switch (call) {
    case 'POST checkout/{id}/pay':
      return ok(await paySession(context, id, body));
    case 'POST subscriptions':
      return ok(await subscribe(context, body));
    case `POST subscriptions/{id}/${verb}`:
      return ok(await liveOn(context, id, verb ?? '', body));
    case 'POST customers/{id}/delete':
      return ok(await removeCustomer(context, id, body));
    case 'POST refund':
      return ok(await refundPayment(context, body));
    case 'POST events':
      return ok(await sendEvent(context, body));
    case 'POST accounts/{id}':
      return ok(await changeAccount(context, id, body));
    case 'PUT objects/{id}':
      return ok(putObject(context, id, query.get('account') ?? undefined, body));
    default:
      return undefined;
  }
}

function ok(body: unknown): SandboxAnswer {
  return { status: 200, body };
}

import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { setOptOut } from '../../usecases/admin/setOptOut';
import { answerCall } from '../answerCall';
import { phoneInput } from '../phoneInput';
import { reasonInput } from './reasonInput';

const schema = z.strictObject({
  phone: phoneInput,
  action: z.enum(['opt_out', 'opt_in']),
  reason: reasonInput.nullish().transform((text) => text ?? null),
});

export function handleSetOptOut(request: CallableRequest): ReturnType<typeof setOptOut> {
  return answerCall('setOptOut', request, schema, setOptOut);
}

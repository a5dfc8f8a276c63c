import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { lookupOptOut } from '../../usecases/admin/lookupOptOut';
import { answerCall } from '../answerCall';
import { phoneInput } from '../phoneInput';

const schema = z.strictObject({ phone: phoneInput });

export function handleLookupOptOut(request: CallableRequest): ReturnType<typeof lookupOptOut> {
  return answerCall('lookupOptOut', request, schema, lookupOptOut);
}

import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { listHashKeys } from '../../usecases/admin/listHashKeys';
import { answerCall } from '../answerCall';

export function handleListHashKeys(request: CallableRequest): ReturnType<typeof listHashKeys> {
  return answerCall('listHashKeys', request, z.strictObject({}).nullish(), listHashKeys);
}

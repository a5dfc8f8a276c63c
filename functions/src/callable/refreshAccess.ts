import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { refreshAccess } from '../usecases/access/refreshAccess';
import { answerCall } from './answerCall';

export function handleRefreshAccess(request: CallableRequest): ReturnType<typeof refreshAccess> {
  return answerCall('refreshAccess', request, z.strictObject({}).nullish(), refreshAccess);
}

import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { replayFailedWebhook } from '../../usecases/admin/replayFailedWebhook';
import { answerCall } from '../answerCall';
import { documentIdInput } from '../documentIdInput';
import { reasonInput } from './reasonInput';

const schema = z.strictObject({
  id: documentIdInput,
  reason: reasonInput.nullish().transform((text) => text ?? null),
});

export function handleReplayFailedWebhook(request: CallableRequest): ReturnType<typeof replayFailedWebhook> {
  return answerCall('replayFailedWebhook', request, schema, replayFailedWebhook);
}

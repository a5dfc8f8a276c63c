import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { listFailedWebhooks } from '../../usecases/admin/listFailedWebhooks';
import { answerCall } from '../answerCall';
import { documentIdInput } from '../documentIdInput';

const schema = z.strictObject({
  status: z
    .enum(['pending_retry', 'retrying', 'dead_letter', 'resolved', 'discarded'])
    .default('dead_letter'),
  limit: z.int().min(1).max(100).default(50),
  after: documentIdInput.nullish().transform((id) => id ?? null),
});

export function handleListFailedWebhooks(request: CallableRequest): ReturnType<typeof listFailedWebhooks> {
  return answerCall('listFailedWebhooks', request, schema, listFailedWebhooks);
}

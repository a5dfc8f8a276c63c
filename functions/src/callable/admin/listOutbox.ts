import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { outboxStatuses } from '../../domain/messages/outboxRow';
import { listOutbox } from '../../usecases/admin/listOutbox';
import { answerCall } from '../answerCall';
import { documentIdInput } from '../documentIdInput';

const schema = z.strictObject({
  status: z.enum(outboxStatuses).default('failed'),
  limit: z.int().min(1).max(100).default(50),
  after: documentIdInput.nullish().transform((id) => id ?? null),
});

export function handleListOutbox(request: CallableRequest): ReturnType<typeof listOutbox> {
  return answerCall('listOutbox', request, schema, listOutbox);
}

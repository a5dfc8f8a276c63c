import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { discardFailedWebhook } from '../../usecases/admin/discardFailedWebhook';
import { answerCall } from '../answerCall';
import { documentIdInput } from '../documentIdInput';
import { reasonInput } from './reasonInput';

const schema = z.strictObject({ id: documentIdInput, reason: reasonInput });

export function handleDiscardFailedWebhook(
  request: CallableRequest,
): ReturnType<typeof discardFailedWebhook> {
  return answerCall('discardFailedWebhook', request, schema, discardFailedWebhook);
}

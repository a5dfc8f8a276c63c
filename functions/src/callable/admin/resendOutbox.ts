import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { resendOutbox } from '../../usecases/admin/resendOutbox';
import { answerCall } from '../answerCall';
import { documentIdInput } from '../documentIdInput';
import { reasonInput } from './reasonInput';

const schema = z.strictObject({ id: documentIdInput, reason: reasonInput });

export function handleResendOutbox(request: CallableRequest): ReturnType<typeof resendOutbox> {
  return answerCall('resendOutbox', request, schema, resendOutbox);
}

import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { releaseLease } from '../../usecases/admin/releaseLease';
import { answerCall } from '../answerCall';
import { documentIdInput } from '../documentIdInput';
import { reasonInput } from './reasonInput';

const schema = z.strictObject({
  jobName: documentIdInput,
  reason: reasonInput.nullish().transform((text) => text ?? null),
});

export function handleReleaseLease(request: CallableRequest): ReturnType<typeof releaseLease> {
  return answerCall('releaseLease', request, schema, releaseLease);
}

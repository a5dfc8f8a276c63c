import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { resumeEscalation } from '../usecases/pauseEscalation';
import { answerCall } from './answerCall';
import { documentIdInput } from './documentIdInput';

const schema = z.strictObject({ invoiceId: documentIdInput });

export function handleResumeEscalation(request: CallableRequest): ReturnType<typeof resumeEscalation> {
  return answerCall('resumeEscalation', request, schema, resumeEscalation);
}

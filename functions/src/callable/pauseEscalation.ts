import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { pauseEscalation } from '../usecases/pauseEscalation';
import { answerCall } from './answerCall';
import { dayInput } from './dayInput';
import { documentIdInput } from './documentIdInput';

const schema = z
  .strictObject({
    invoiceId: documentIdInput,
    reason: z.enum(['manual', 'promise']).default('manual'),
    until: dayInput.nullish().transform((day) => day ?? null),
  })
  .refine(({ reason, until }) => reason === 'manual' || until !== null, {
    path: ['until'],
    message: 'is needed for a promise',
  });

export function handlePauseEscalation(request: CallableRequest): ReturnType<typeof pauseEscalation> {
  return answerCall('pauseEscalation', request, schema, pauseEscalation);
}

import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { channels } from '../domain/messages/outboxRow';
import { setClientConsent } from '../usecases/setClientConsent';
import { answerCall } from './answerCall';
import { documentIdInput } from './documentIdInput';
import { requestIdInput } from './requestIdInput';

/** A few words of the freelancer's or of a list of the web client's; shown to him again, and to nobody else. */
const words = z.string().trim().min(1).max(200);

const schema = z
  .strictObject({
    clientId: documentIdInput,
    channel: z.enum(channels),
    status: z.enum(['granted', 'withdrawn']),
    lawfulBasis: words.nullish().transform((text) => text ?? null),
    source: words.nullish().transform((text) => text ?? null),
    wordingVersion: z
      .string()
      .max(100)
      .nullish()
      .transform((version) => version ?? null),
    requestId: requestIdInput.optional(),
  })
  .refine(({ status, lawfulBasis }) => status === 'withdrawn' || lawfulBasis !== null, {
    path: ['lawfulBasis'],
    message: 'is needed to contact somebody',
  });

export function handleSetClientConsent(request: CallableRequest): ReturnType<typeof setClientConsent> {
  return answerCall('setClientConsent', request, schema, setClientConsent);
}

import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { debtorKinds } from '../domain/client/client';
import { saveClient } from '../usecases/saveClient';
import { answerCall } from './answerCall';
import { documentIdInput } from './documentIdInput';
import { phoneInput } from './phoneInput';

const schema = z.strictObject({
  clientId: documentIdInput.optional(),
  name: z.string().trim().min(1).max(200),
  company: z
    .string()
    .trim()
    .max(200)
    .nullish()
    .transform((text) => text ?? null),
  email: z.string().trim().toLowerCase().pipe(z.email().max(320)),
  phone: phoneInput.nullish().transform((number) => number ?? null),
  debtorKind: z.enum(debtorKinds),
});

export function handleSaveClient(request: CallableRequest): ReturnType<typeof saveClient> {
  return answerCall('saveClient', request, schema, saveClient);
}

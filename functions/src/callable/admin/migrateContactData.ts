import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { migrateContactData } from '../../usecases/admin/migrateContactData';
import { answerCall } from '../answerCall';

const schema = z.strictObject({
  to: z.enum(['sealed', 'clear', 'settled']),
  dryRun: z.boolean().default(false),
  cursor: z
    .string()
    .max(400)
    .nullish()
    .transform((cursor) => cursor ?? null),
});

export function handleMigrateContactData(request: CallableRequest): ReturnType<typeof migrateContactData> {
  return answerCall('migrateContactData', request, schema, migrateContactData);
}

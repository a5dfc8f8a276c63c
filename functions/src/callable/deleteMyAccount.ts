import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { deleteMyAccount } from '../usecases/account/deleteMyAccount';
import { answerCall } from './answerCall';

const schema = z
  .strictObject({ keep: z.boolean().optional() })
  .nullish()
  .transform((input) => ({ keep: input?.keep === true }));

export function handleDeleteMyAccount(request: CallableRequest): ReturnType<typeof deleteMyAccount> {
  return answerCall('deleteMyAccount', request, schema, deleteMyAccount);
}

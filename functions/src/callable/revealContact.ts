import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { revealContact } from '../usecases/contact/revealContact';
import { answerCall } from './answerCall';
import { documentIdInput } from './documentIdInput';

const schema = z.union([
  z.strictObject({ clientId: documentIdInput }),
  z.strictObject({ invoiceId: documentIdInput }),
]);

export function handleRevealContact(request: CallableRequest): ReturnType<typeof revealContact> {
  return answerCall('revealContact', request, schema, revealContact);
}

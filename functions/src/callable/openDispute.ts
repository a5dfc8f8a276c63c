import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { openDispute } from '../usecases/disputes';
import { answerCall } from './answerCall';
import { documentIdInput } from './documentIdInput';

const schema = z.strictObject({
  invoiceId: documentIdInput,
  /** In the debtor's own words, for the freelancer. */
  reason: z.string().trim().min(1).max(1_000),
});

export function handleOpenDispute(request: CallableRequest): ReturnType<typeof openDispute> {
  return answerCall('openDispute', request, schema, openDispute);
}

import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { claimRejections } from '../domain/messages/templates/claimRejection';
import { verifyPaymentClaim } from '../usecases/claims/verifyPaymentClaim';
import { amountInput } from './amountInput';
import { answerCall } from './answerCall';
import { documentIdInput } from './documentIdInput';

const schema = z.discriminatedUnion('decision', [
  z.strictObject({
    claimId: documentIdInput,
    decision: z.literal('verified'),
    amount: amountInput.optional(),
  }),
  z.strictObject({
    claimId: documentIdInput,
    decision: z.literal('rejected'),
    reason: z.enum(claimRejections),
  }),
]);

export function handleVerifyPaymentClaim(request: CallableRequest): ReturnType<typeof verifyPaymentClaim> {
  return answerCall('verifyPaymentClaim', request, schema, verifyPaymentClaim);
}

import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { claimMethods } from '../domain/claims/paymentClaim';
import { claimPayment } from '../usecases/claims/claimPayment';
import { amountInput } from './amountInput';
import { answerCall } from './answerCall';
import { dayInput } from './dayInput';
import { documentIdInput } from './documentIdInput';

const schema = z.strictObject({
  invoiceId: documentIdInput,
  amount: amountInput,
  method: z.enum(claimMethods),
  paidOn: dayInput,
  /** What stands on the transfer, so that the freelancer finds it. */
  reference: z
    .string()
    .trim()
    .max(100)
    .nullish()
    .transform((text) => (text === '' ? null : (text ?? null))),
});

export function handleClaimPayment(request: CallableRequest): ReturnType<typeof claimPayment> {
  return answerCall('claimPayment', request, schema, claimPayment);
}

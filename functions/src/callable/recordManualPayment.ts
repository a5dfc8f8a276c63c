import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { manualMethods } from '../domain/payment/transaction';
import { recordManualPayment } from '../usecases/recordManualPayment';
import { amountInput } from './amountInput';
import { answerCall } from './answerCall';
import { dayInput } from './dayInput';
import { documentIdInput } from './documentIdInput';
import { requestIdInput } from './requestIdInput';

const schema = z.strictObject({
  invoiceId: documentIdInput,
  amount: amountInput,
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters'),
  method: z.enum(manualMethods),
  paidOn: dayInput,
  requestId: requestIdInput,
});

export function handleRecordManualPayment(request: CallableRequest): ReturnType<typeof recordManualPayment> {
  return answerCall('recordManualPayment', request, schema, recordManualPayment);
}

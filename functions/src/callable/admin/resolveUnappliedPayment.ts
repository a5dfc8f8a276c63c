import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { resolveUnappliedPayment } from '../../usecases/admin/resolveUnappliedPayment';
import { answerCall } from '../answerCall';
import { documentIdInput } from '../documentIdInput';
import { reasonInput } from './reasonInput';

const schema = z.strictObject({
  transactionId: documentIdInput,
  /** Null, and said so: it was refunded elsewhere. */
  invoiceId: documentIdInput.nullable(),
  reason: reasonInput,
});

export function handleResolveUnappliedPayment(
  request: CallableRequest,
): ReturnType<typeof resolveUnappliedPayment> {
  return answerCall('resolveUnappliedPayment', request, schema, resolveUnappliedPayment);
}

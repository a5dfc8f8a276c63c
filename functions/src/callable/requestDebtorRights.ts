import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { debtorRequestKinds } from '../domain/privacy/debtorRights';
import { requestDebtorRights } from '../usecases/privacy/requestDebtorRights';
import { answerCall } from './answerCall';
import { cursorInput } from './cursorInput';

const schema = z.strictObject({
  kind: z.enum(['access', ...debtorRequestKinds]),
  /** Goes with access only. */
  cursor: cursorInput,
});

export function handleRequestDebtorRights(request: CallableRequest): ReturnType<typeof requestDebtorRights> {
  return answerCall('requestDebtorRights', request, schema, requestDebtorRights);
}

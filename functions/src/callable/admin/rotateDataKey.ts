import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { rotateDataKey } from '../../usecases/admin/rotateDataKey';
import { answerCall } from '../answerCall';
import { documentIdInput } from '../documentIdInput';

const schema = z.strictObject({ owner: documentIdInput });

export function handleRotateDataKey(request: CallableRequest): ReturnType<typeof rotateDataKey> {
  return answerCall('rotateDataKey', request, schema, rotateDataKey);
}

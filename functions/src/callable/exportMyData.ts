import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { exportMyData } from '../usecases/privacy/exportMyData';
import { answerCall } from './answerCall';
import { cursorInput } from './cursorInput';

const schema = z
  .strictObject({ cursor: cursorInput })
  .nullish()
  .transform((input) => ({ cursor: input?.cursor ?? null }));

export function handleExportMyData(request: CallableRequest): ReturnType<typeof exportMyData> {
  return answerCall('exportMyData', request, schema, exportMyData);
}

import { type CallableRequest, type FunctionsErrorCode, HttpsError } from 'firebase-functions/v2/https';
import { type z } from 'zod';
import { type Caller } from '../domain/caller';
import {
  asRecoupError,
  BadInputError,
  QuotaExceededError,
  type RecoupError,
  UnauthenticatedError,
} from '../platform/errors';
import { log } from '../platform/log';
import { type Deps } from '../usecases/deps';
import { deps } from '../wire/deps';

/**
 * The common part of every call that the web client makes: who calls, is the input as agreed, and which error does
 * the client see. The use case decides who may do what.
 */
export async function answerCall<S extends z.ZodType, R>(
  functionName: string,
  request: CallableRequest,
  schema: S,
  run: (deps: Deps, caller: Caller, input: z.infer<S>) => Promise<R>,
): Promise<R> {
  try {
    const caller = callerOf(request);
    const parsed = schema.safeParse(request.data);
    if (!parsed.success) {
      const faults = parsed.error.issues.map(
        (issue) => `${issue.path.join('.') || 'data'}: ${issue.message}`,
      );
      throw new BadInputError(faults.join('; '));
    }
    return await run(await deps(), caller, parsed.data);
  } catch (thrown) {
    const error = asRecoupError(thrown);
    if (error.httpStatus >= 500 || error.httpStatus === 200) {
      log.callFailed({ functionName, code: error.code, cause: thrown });
    }
    const details = error instanceof QuotaExceededError ? error.details : undefined;
    throw new HttpsError(callableCode(error), error.publicMessage, details);
  }
}

function callerOf(request: CallableRequest): Caller {
  const { auth } = request;
  if (auth === undefined) throw new UnauthenticatedError();
  const { email, email_verified: verified } = auth.token;
  return {
    uid: auth.uid,
    verifiedEmail: verified === true && typeof email === 'string' ? email.trim().toLowerCase() : null,
  };
}

function callableCode(error: RecoupError): FunctionsErrorCode {
  if (error.retryable) return 'unavailable';
  switch (error.httpStatus) {
    case 400:
      return 'invalid-argument';
    case 401:
      return 'unauthenticated';
    case 403:
      return 'permission-denied';
    case 404:
      return 'not-found';
    case 429:
      return 'resource-exhausted';
    default:
      return 'failed-precondition';
  }
}

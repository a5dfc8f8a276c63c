import { type CallableRequest, type FunctionsErrorCode, HttpsError } from 'firebase-functions/v2/https';
import type * as z from 'zod';
import { asRecoupError, BadInputError, QuotaExceededError, type RecoupError } from '../platform/errors';
import { log } from '../platform/log';
import { prepareContactSetting } from '../usecases/contact/contactSetting';
import { type Deps } from '../usecases/deps';
import { deps } from '../wire/deps';

/**
 * The common part of every call that the web client makes: who is let in, is the input as agreed, and which error does
 * the client see. The use case decides who may do what.
 *
 * @param admit who calls, as far as the call wants to know; throws when it must not be let in
 */
export async function answerAs<C, S extends z.ZodType, R>(
  functionName: string,
  request: CallableRequest,
  admit: () => C,
  schema: S,
  run: (deps: Deps, caller: C, input: z.infer<S>) => Promise<R>,
): Promise<R> {
  try {
    const caller = admit();
    const parsed = schema.safeParse(request.data);
    if (!parsed.success) {
      const faults = parsed.error.issues.map(
        (issue) => `${issue.path.join('.') || 'data'}: ${issue.message}`,
      );
      throw new BadInputError(faults.join('; '));
    }
    const all = await deps();
    await prepareContactSetting(all);
    return await run(all, caller, parsed.data);
  } catch (thrown) {
    const error = asRecoupError(thrown);
    if (error.httpStatus >= 500 || error.httpStatus === 200) {
      log.callFailed({ functionName, code: error.code, cause: thrown });
    }
    const details = error instanceof QuotaExceededError ? error.details : undefined;
    throw new HttpsError(callableCode(error), error.publicMessage, details);
  }
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

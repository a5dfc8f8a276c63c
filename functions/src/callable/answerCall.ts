import { type CallableRequest } from 'firebase-functions/v2/https';
import type * as z from 'zod';
import { type Caller } from '../domain/caller';
import { UnauthenticatedError } from '../platform/errors';
import { type Deps } from '../usecases/deps';
import { answerAs } from './answerAs';

/** Answers a call that only somebody who is signed in may make. */
export function answerCall<S extends z.ZodType, R>(
  functionName: string,
  request: CallableRequest,
  schema: S,
  run: (deps: Deps, caller: Caller, input: z.infer<S>) => Promise<R>,
): Promise<R> {
  return answerAs(functionName, request, () => callerOf(request), schema, run);
}

function callerOf({ auth }: CallableRequest): Caller {
  if (auth === undefined) throw new UnauthenticatedError();
  const { email, email_verified: verified, admin } = auth.token;
  return {
    uid: auth.uid,
    verifiedEmail: verified === true && typeof email === 'string' ? email.trim().toLowerCase() : null,
    saysAdmin: admin === true,
  };
}

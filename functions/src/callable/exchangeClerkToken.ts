import { type CallableRequest } from 'firebase-functions/v2/https';
import * as z from 'zod';
import { exchangeClerkToken } from '../usecases/account/exchangeClerkToken';
import { answerAs } from './answerAs';

const schema = z.strictObject({ token: z.string().min(1).max(10_000) });

/** Open to whoever holds a token of Clerk: nobody is signed in to Firebase yet. */
export function handleExchangeClerkToken(request: CallableRequest): ReturnType<typeof exchangeClerkToken> {
  return answerAs(
    'exchangeClerkToken',
    request,
    () => null,
    schema,
    (deps, _nobody, input) => exchangeClerkToken(deps, input),
  );
}

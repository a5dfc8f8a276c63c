import { type Request } from 'firebase-functions/v2/https';
import type { Response } from 'express';
import { secretOf } from '../platform/config';
import { verifyClerkSignature } from '../providers/clerk/verifyClerkSignature';
import { incomingClerkEvent } from '../usecases/account/incomingClerkEvent';
import { receiveEvent } from '../usecases/receiveEvent';
import { answerWebhook, answerWillRetry } from './answerWebhook';
import { rawBodyOf } from './rawBodyOf';

/** A user is some kilobytes. */
const LIMITS = { mostBytes: 1024 * 1024, contentType: 'application/json' } as const;

/** `POST /api/webhook/clerk`: what becomes of users, where they sign in with Clerk. */
export function handleClerkWebhook(request: Request, response: Response): Promise<void> {
  return answerWebhook('clerk', request, response, async (deps) => {
    const rawBody = rawBodyOf(request, LIMITS);
    const id = request.get('svix-id');
    const headers = {
      id,
      timestamp: request.get('svix-timestamp'),
      signature: request.get('svix-signature'),
    };
    await verifyClerkSignature(rawBody, headers, secretOf(deps.config, 'clerkWebhookSecrets'));
    const receipt = await receiveEvent(deps, incomingClerkEvent(deps, rawBody, id));
    if (receipt.kind === 'will_retry') {
      answerWillRetry(response);
      return;
    }
    response.status(200).json({ received: true, duplicate: receipt.kind === 'applied' && receipt.duplicate });
  });
}

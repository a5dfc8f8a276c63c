import { type DocumentReference } from 'firebase-admin/firestore';
import * as z from 'zod';
import { retentionMs } from '../domain/privacy/expiry';
import { PermanentFailure } from '../platform/errors';
import { log } from '../platform/log';
import { decode } from '../store/decode';
import { type Deps } from './deps';

const expirySchema = z.object({ stripeAccountId: z.string().nullable(), status: z.string() });

const RETENTION_MS = retentionMs('checkoutExpiries');

/**
 * Closes an open Checkout Session whose invoice was paid another way. May run any number of times: a session that is
 * not open stays as it is.
 *
 * @throws TransientFailure when Stripe can not be asked; the platform then calls again
 */
export async function expireCheckout(deps: Deps, ref: DocumentReference): Promise<void> {
  const order = decode(expirySchema, await ref.get());
  if (order === null || order.status !== 'pending') return;
  let outcome: string;
  try {
    outcome = (await deps.stripe.expireCheckoutSession(ref.id, order.stripeAccountId)).status;
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error;
    // Stripe does not know it, or the account has left us: then nobody can pay there through us either.
    outcome = error.code;
  }
  const now = deps.clock.now();
  await ref.update({
    status: 'done',
    outcome,
    updatedAt: now,
    expiresAt: new Date(now.getTime() + RETENTION_MS),
  });
  log.checkoutExpired({ sessionId: ref.id, outcome });
}

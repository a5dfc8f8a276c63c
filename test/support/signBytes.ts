import { createHmac } from 'node:crypto';
import { WEBHOOK_SECRETS } from './webhookHarness';

/** Stripe's signature header over bytes that are no text; the library's own helper signs text only. */
export function signBytes(bytes: Uint8Array, secret: string = WEBHOOK_SECRETS[0]): string {
  const timestamp = Math.floor(Date.now() / 1000);
  const digest = createHmac('sha256', secret).update(`${timestamp}.`).update(bytes).digest('hex');
  return `t=${timestamp},v1=${digest}`;
}

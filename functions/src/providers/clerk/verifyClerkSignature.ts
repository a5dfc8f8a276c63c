import { BadSignatureError } from '../../platform/errors';

/** The headers of Svix, which delivers for Clerk. */
export interface SvixHeaders {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/**
 * Checks that the bytes were signed by Clerk within the last five minutes, in constant time, with any one of the
 * secrets: while a secret is being rolled there are two. The event's id is part of what is signed.
 *
 * @throws BadSignatureError when none fits, the signature is too old, or a header is missing
 */
export async function verifyClerkSignature(
  rawBody: Uint8Array,
  { id, timestamp, signature }: SvixHeaders,
  secrets: readonly string[],
): Promise<void> {
  if (!id || !timestamp || !signature) throw new BadSignatureError('The svix headers are missing.');
  const { Webhook, WebhookVerificationError } = await import('standardwebhooks');
  // The library speaks of the standard's own headers; Svix's are the same under older names.
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  const body = Buffer.from(rawBody);
  for (const secret of secrets) {
    try {
      new Webhook(secret).verify(body, headers, { jsonParse: false });
      return;
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
    }
  }
  throw new BadSignatureError('The signature does not fit the body, or is too old.');
}

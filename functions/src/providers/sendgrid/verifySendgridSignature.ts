import { type Clock } from '../../platform/clock';
import { BadSignatureError } from '../../platform/errors';

/** SendGrid delivers again for 24 h, and does not say whether it signs anew. Older ones are no deliveries of its. */
const OLDEST_MS = 24 * 60 * 60 * 1000;

/** How far the sender's clock and ours may be apart, either way. */
const TOLERANCE_MS = 5 * 60 * 1000;

export interface SendgridSignature {
  /** Header `X-Twilio-Email-Event-Webhook-Signature`. */
  readonly signature: string | undefined;
  /** Header `X-Twilio-Email-Event-Webhook-Timestamp`, seconds. */
  readonly timestamp: string | undefined;
}

/**
 * Checks that SendGrid signed these bytes, with any one of the keys, and not too long ago.
 *
 * @param publicKeys P-256, SPKI, DER, base64
 * @param clock the real one
 * @throws BadSignatureError when no key fits, or it is too old
 */
export async function verifySendgridSignature(
  rawBody: Uint8Array,
  { signature, timestamp }: SendgridSignature,
  publicKeys: readonly string[],
  clock: Clock,
): Promise<void> {
  const refused = new BadSignatureError('The signature does not fit the body, or is too old.', 403);
  if (signature === undefined || timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) throw refused;
  const age = clock.now().getTime() - Number(timestamp) * 1000;
  if (age > OLDEST_MS + TOLERANCE_MS || age < -TOLERANCE_MS) throw refused;
  const { EventWebhook } = await import('@sendgrid/eventwebhook');
  const webhook = new EventWebhook();
  const bytes = Buffer.from(rawBody);
  const keys = publicKeys.map((key) => webhook.convertPublicKeyToECDSA(key));
  const fits = keys.some((key) => {
    try {
      return webhook.verifySignature(key, bytes, signature, timestamp);
    } catch {
      // The library throws at what is no signature at all.
      return false;
    }
  });
  if (!fits) throw refused;
}

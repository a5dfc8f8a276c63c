import { createPublicKey, verify } from 'node:crypto';
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
 * Checks that SendGrid signed these bytes, with any one of the keys, and not too long ago: ECDSA with P-256 and SHA-256 over
 * the timestamp and the body, by Node's own cryptography. SendGrid's library does the same in plain JavaScript, which takes
 * some sixty times as long and a good part of a cold start; the tests compare the two.
 *
 * @param publicKeys P-256, SPKI, DER, base64
 * @param clock the real one
 * @throws BadSignatureError when no key fits, or it is too old
 */
export function verifySendgridSignature(
  rawBody: Uint8Array,
  { signature, timestamp }: SendgridSignature,
  publicKeys: readonly string[],
  clock: Clock,
): void {
  const refused = new BadSignatureError('The signature does not fit the body, or is too old.', 403);
  if (signature === undefined || timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) throw refused;
  const age = clock.now().getTime() - Number(timestamp) * 1000;
  if (age > OLDEST_MS + TOLERANCE_MS || age < -TOLERANCE_MS) throw refused;
  const signed = Buffer.concat([Buffer.from(timestamp), rawBody]);
  const fits = publicKeys.some((key) =>
    verify(
      'sha256',
      signed,
      createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' }),
      Buffer.from(signature, 'base64'),
    ),
  );
  if (!fits) throw refused;
}

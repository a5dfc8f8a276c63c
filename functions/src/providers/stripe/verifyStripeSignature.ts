import { BadSignatureError } from '../../platform/errors';

/** Seconds that a signature stays good; Stripe's own default. 0 would switch the check off. */
const TOLERANCE_SECONDS = 300;

/**
 * Checks that the bytes were signed by Stripe, in constant time, with any one of the secrets: while a secret is being
 * rolled there are two.
 *
 * @throws BadSignatureError when none fits, or the signature is too old
 */
export async function verifyStripeSignature(
  rawBody: Uint8Array,
  header: string | undefined,
  secrets: readonly string[],
): Promise<void> {
  if (header === undefined || header === '')
    throw new BadSignatureError('The Stripe-Signature header is missing.');
  const { default: Stripe } = await import('stripe');
  const { signature } = Stripe.webhooks;
  if (signature === null) throw new Error('the stripe library verifies no signatures');
  for (const secret of secrets) {
    try {
      signature.verifyHeader(rawBody, header, secret, TOLERANCE_SECONDS);
      return;
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
    }
  }
  throw new BadSignatureError('The signature does not fit the body, or is too old.');
}

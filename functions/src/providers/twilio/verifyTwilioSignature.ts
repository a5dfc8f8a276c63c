import { BadSignatureError } from '../../platform/errors';
import { type TwilioForm } from './twilioForm';

/**
 * Checks that Twilio signed this form for this URL, with any one of the account's tokens: while one is being replaced
 * there are two. There is no time in the signature, so it is good for ever: whoever gets hold of a request can repeat
 * it, but change nothing in it.
 *
 * @param url the one that Twilio was given, with its query; never what a proxy says it was
 * @throws BadSignatureError when no token fits
 */
export async function verifyTwilioSignature(
  url: string,
  form: TwilioForm,
  header: string | undefined,
  tokens: readonly string[],
): Promise<void> {
  // This file alone: the whole library takes 20 times as long to load.
  const { validateRequest } = await import('twilio/lib/webhooks/webhooks.js');
  const fits = header !== undefined && tokens.some((token) => validateRequest(token, header, url, form));
  if (!fits) throw new BadSignatureError('The X-Twilio-Signature header does not fit the request.', 403);
}

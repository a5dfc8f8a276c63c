import { type SandboxRequest } from '../../provider';
import { setting, settingList } from '../../settings';
import { TwilioApiError } from '../twilioApiError';

/**
 * HTTP basic auth with the account and any of its tokens, for a path of that same account.
 * @throws TwilioApiError 20003
 */
export function checkAccount(request: SandboxRequest, accountSid: string): void {
  const encoded = /^Basic (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [user, token = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  if (user !== setting('TWILIO_ACCOUNT_SID') || accountSid !== user) throw new TwilioApiError(20003);
  if (!settingList('TWILIO_AUTH_TOKEN').includes(token)) throw new TwilioApiError(20003);
}

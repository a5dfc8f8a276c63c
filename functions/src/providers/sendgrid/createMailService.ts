import { Client } from '@sendgrid/client';
import { MailService } from '@sendgrid/mail';
import { SEND_LIMIT_MS } from '../sendLimit';

/**
 * SendGrid's client. The key comes first: setting it puts the address of the real servers back. It repeats nothing by
 * itself, for SendGrid has no idempotency keys.
 */
export function createMailService(apiKey: string, sandboxOrigin: string | undefined): MailService {
  const client = new Client();
  client.setApiKey(apiKey);
  if (sandboxOrigin !== undefined) client.setDefaultRequest('baseUrl', `${sandboxOrigin}/`);
  const service = new MailService();
  service.setClient(client);
  service.setTimeout(SEND_LIMIT_MS);
  return service;
}

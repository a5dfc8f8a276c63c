import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Client } from '@sendgrid/client';
import { MailService } from '@sendgrid/mail';
import { ANSWER_LIMIT_MS } from '../sendLimit';

/** Handed on to axios, though the client's types do not name all of it. Each request has its own `url`. */
const CONNECTION = {
  url: '',
  maxRedirects: 0,
  httpAgent: new HttpAgent({ keepAlive: false }),
  httpsAgent: new HttpsAgent({ keepAlive: false }),
};

/**
 * SendGrid's client. The key comes first: setting it puts the address of the real servers back. It repeats nothing by
 * itself, for SendGrid has no idempotency keys. Nor does it follow a redirect, which would post the message once more, or
 * keep a connection open: one that the other side has closed meanwhile fails in a way that leaves open whether the
 * message was sent.
 */
export function createMailService(apiKey: string, sandboxOrigin: string | undefined): MailService {
  const client = new Client();
  client.setApiKey(apiKey);
  if (sandboxOrigin !== undefined) client.setDefaultRequest('baseUrl', `${sandboxOrigin}/`);
  client.setDefaultRequest(CONNECTION);
  const service = new MailService();
  service.setClient(client);
  service.setTimeout(ANSWER_LIMIT_MS);
  return service;
}

import { type Twilio } from 'twilio';
import twilio from 'twilio/lib/rest/Twilio.js';
import RequestClient from 'twilio/lib/base/RequestClient.js';
import { ANSWER_LIMIT_MS } from '../sendLimit';

/**
 * Twilio's client. It repeats nothing by itself, for Twilio has no idempotency keys, and keeps no connection open: one
 * that the other side has closed meanwhile fails in a way that leaves open whether the message was sent.
 */
export function createTwilioClient(
  accountSid: string,
  authToken: string,
  sandboxOrigin: string | undefined,
): Twilio {
  const httpClient = new RequestClient({ timeout: ANSWER_LIMIT_MS, keepAlive: false, autoRetry: false });
  const client = new twilio(accountSid, authToken, { httpClient });
  if (sandboxOrigin !== undefined) client.api.baseUrl = sandboxOrigin;
  return client;
}

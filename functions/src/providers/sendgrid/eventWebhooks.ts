import { Client } from '@sendgrid/client';
import * as z from 'zod';
import { ANSWER_LIMIT_MS } from '../sendLimit';

const webhookSchema = z.looseObject({
  enabled: z.boolean(),
  url: z.string(),
  /** Missing or empty: events are not signed. */
  public_key: z.string().nullish(),
});

/** An event webhook of the account; which events it sends stands beside, `true` under the event's name. */
export type EventWebhook = z.infer<typeof webhookSchema>;

/** Handed on to axios, though the client's types do not name it. Each request has its own `url`. */
const LIMITS = { url: '', timeout: ANSWER_LIMIT_MS };

/**
 * The account's event webhooks.
 *
 * @param sandboxOrigin where to go instead of SendGrid; only ever set on the local stack
 * @throws whatever the client throws
 */
export async function eventWebhooks(
  apiKey: string,
  sandboxOrigin: string | undefined,
): Promise<EventWebhook[]> {
  const client = new Client();
  client.setApiKey(apiKey);
  if (sandboxOrigin !== undefined) client.setDefaultRequest('baseUrl', `${sandboxOrigin}/`);
  client.setDefaultRequest(LIMITS);
  const [{ body }] = await client.request({
    method: 'GET',
    url: '/v3/user/webhooks/event/settings/all',
  });
  return z.object({ webhooks: z.array(webhookSchema) }).parse(body).webhooks;
}

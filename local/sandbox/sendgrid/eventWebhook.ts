import { z } from 'zod';
import { hostingTargets } from '../hostingTargets';
import { setting, settingList } from '../settings';

const flags = [
  'bounce',
  'click',
  'deferred',
  'delivered',
  'dropped',
  'group_resubscribe',
  'group_unsubscribe',
  'open',
  'processed',
  'spam_report',
  'unsubscribe',
] as const;

/** An event webhook as SendGrid's settings hold it. */
export const eventWebhook = z.strictObject({
  id: z.string(),
  enabled: z.boolean(),
  url: z.string(),
  friendly_name: z.string(),
  /** Empty: events are not signed. */
  public_key: z.string(),
  ...Object.fromEntries(flags.map((name) => [name, z.boolean()])),
});

export type EventWebhook = z.infer<typeof eventWebhook>;

/** The event webhook as somebody has set it up: the deployed function's address, everything on, signed. */
export function stockEventWebhook(): EventWebhook {
  return {
    id: '77d4a5da-7015-11ed-a1eb-0242ac120002',
    enabled: true,
    url: hostingTargets(setting('PUBLIC_BASE_URL')).sendgrid ?? '',
    friendly_name: 'Recoup',
    public_key: settingList('SENDGRID_WEBHOOK_PUBLIC_KEY')[0],
    ...Object.fromEntries(flags.map((name) => [name, true])),
  };
}

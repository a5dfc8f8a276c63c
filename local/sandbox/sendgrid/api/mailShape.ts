import { z } from 'zod';

/** A value of a wrong type gets no better sentence than this from SendGrid. */
export const BAD_REQUEST = 'Bad Request';

const text = z.string({ error: BAD_REQUEST });
const filled = text.min(1, { error: 'The parameter may not be empty.' });
const flag = z.boolean({ error: BAD_REQUEST });
const wholeNumber = z.int({ error: BAD_REQUEST });
const enabled = z.strictObject({ enable: flag.optional() });

const address = z.strictObject({
  email: z.email({ error: 'Does not contain a valid address.' }),
  name: text.optional(),
});
const addresses = z.array(address).max(1000);
const customArgs = z.record(z.string(), text);

/** They are SendGrid's own to set. */
const RESERVED_HEADERS = [
  'x-sg-id',
  'x-sg-eid',
  'received',
  'dkim-signature',
  'content-type',
  'content-transfer-encoding',
  'to',
  'from',
  'subject',
  'reply-to',
  'cc',
  'bcc',
];
const headers = z
  .record(z.string(), text)
  .refine((given) => !Object.keys(given).some((name) => RESERVED_HEADERS.includes(name.toLowerCase())), {
    error: 'You cannot use reserved headers.',
  });

const personalization = z.strictObject({
  from: address.optional(),
  to: z
    .array(address, { error: 'The to array is required for all personalization objects.' })
    .min(1, { error: 'The to array is required for all personalization objects.' })
    .max(1000),
  cc: addresses.optional(),
  bcc: addresses.optional(),
  subject: filled.optional(),
  headers: headers.optional(),
  substitutions: z.record(z.string(), text).optional(),
  dynamic_template_data: z.record(z.string(), z.unknown()).optional(),
  custom_args: customArgs.optional(),
  send_at: wholeNumber.optional(),
});

const attachment = z.strictObject({
  content: filled,
  type: filled.optional(),
  filename: text,
  disposition: z.enum(['inline', 'attachment']).optional(),
  content_id: text.optional(),
});

/**
 * The body of POST /v3/mail/send as SendGrid publishes it, with one difference: there custom_args of the whole mail is
 * a string, while SendGrid takes, and its own library sends, an object.
 */
export const mailShape = z.strictObject({
  personalizations: z
    .array(personalization, {
      error: 'The personalizations field is required and must have at least one personalization.',
    })
    .min(1, { error: 'The personalizations field is required and must have at least one personalization.' })
    .max(1000),
  from: z.strictObject(address.shape, {
    error: 'The from object must be provided for every email send. It requires the email parameter.',
  }),
  reply_to: address.optional(),
  reply_to_list: addresses.optional(),
  subject: filled.optional(),
  content: z.array(z.strictObject({ type: filled, value: filled })).optional(),
  attachments: z.array(attachment).optional(),
  template_id: text.optional(),
  headers: headers.optional(),
  categories: z
    .array(text.max(255))
    .max(10)
    .refine((given) => new Set(given).size === given.length, { error: 'The categories must be unique.' })
    .optional(),
  custom_args: customArgs.optional(),
  send_at: wholeNumber.optional(),
  batch_id: text.optional(),
  asm: z
    .strictObject({ group_id: wholeNumber, groups_to_display: z.array(wholeNumber).max(25).optional() })
    .optional(),
  ip_pool_name: text.min(2).max(64).optional(),
  mail_settings: z
    .strictObject({
      bypass_list_management: enabled.optional(),
      bypass_spam_management: enabled.optional(),
      bypass_bounce_management: enabled.optional(),
      bypass_unsubscribe_management: enabled.optional(),
      footer: enabled.extend({ text: text.optional(), html: text.optional() }).optional(),
      sandbox_mode: enabled.optional(),
    })
    .optional(),
  tracking_settings: z
    .strictObject({
      click_tracking: enabled.extend({ enable_text: flag.optional() }).optional(),
      open_tracking: enabled.extend({ substitution_tag: text.optional() }).optional(),
      subscription_tracking: enabled
        .extend({ text: text.optional(), html: text.optional(), substitution_tag: text.optional() })
        .optional(),
      ganalytics: enabled
        .extend({
          utm_source: text.optional(),
          utm_medium: text.optional(),
          utm_term: text.optional(),
          utm_content: text.optional(),
          utm_campaign: text.optional(),
        })
        .optional(),
    })
    .optional(),
});

export type MailRequest = z.infer<typeof mailShape>;

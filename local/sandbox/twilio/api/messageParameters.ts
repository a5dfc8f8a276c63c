import { z } from 'zod';
import { phoneNumber } from '../phoneNumber';

/** The codes with which Twilio refuses a parameter, as zod messages; a parameter without one of its own gets this. */
const ANY_PARAMETER = '20001';
const LONGEST_BODY = 1600;
const LONGEST_VALIDITY_SECONDS = 36_000;

const text = z.string({ error: ANY_PARAMETER });
const flag = z.enum(['true', 'false'], { error: ANY_PARAMETER });
const oneOf = <T extends string>(...values: [T, ...T[]]) => z.enum(values, { error: ANY_PARAMETER });
const sid = (prefix: string) =>
  text.regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), { error: ANY_PARAMETER });
const wholeNumber = text.regex(/^\d{1,9}$/, { error: ANY_PARAMETER });
/** A form repeats the name for each value. */
const several = (error: string) =>
  z.union([z.array(z.string()), z.string().transform((one) => [one])], { error });

/** A number, or a name of up to eleven letters and digits with at least one letter. */
const sender = z.union([phoneNumber, z.string().regex(/^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/)], {
  error: '21212',
});

/**
 * The form of POST …/Messages.json as Twilio publishes it; the order of the fields is the order in which Twilio's
 * complaints come.
 */
export const messageParameters = z
  .strictObject({
    To: z
      .string({ error: '21604' })
      .min(1, { error: '21604', abort: true })
      .refine((to) => phoneNumber.safeParse(to).success, { error: '21211' }),
    From: sender.optional(),
    MessagingServiceSid: sid('MG').optional(),
    Body: z.string().min(1, { error: '21602', abort: true }).max(LONGEST_BODY, { error: '21617' }).optional(),
    MediaUrl: several('21620')
      .refine((urls) => urls.length <= 10 && urls.every((url) => URL.canParse(url)), { error: '21620' })
      .optional(),
    StatusCallback: z.url({ protocol: /^https?$/, error: '21609' }).optional(),
    ValidityPeriod: z
      .string()
      .regex(/^\d{1,5}$/, { error: '21624', abort: true })
      .transform(Number)
      .refine((seconds) => seconds >= 1 && seconds <= LONGEST_VALIDITY_SECONDS, { error: '21624' })
      .optional(),
    ContentSid: sid('HX').optional(),
    ContentVariables: text.optional(),
    ApplicationSid: sid('AP').optional(),
    MaxPrice: text.regex(/^\d+(\.\d+)?$/, { error: ANY_PARAMETER }).optional(),
    ProvideFeedback: flag.optional(),
    Attempt: wholeNumber.optional(),
    ForceDelivery: flag.optional(),
    ContentRetention: oneOf('retain', 'discard').optional(),
    AddressRetention: oneOf('retain', 'obfuscate').optional(),
    SmartEncoded: flag.optional(),
    PersistentAction: several(ANY_PARAMETER).optional(),
    TrafficType: oneOf('free').optional(),
    ShortenUrls: flag.optional(),
    ScheduleType: oneOf('fixed').optional(),
    SendAt: z.iso.datetime({ error: ANY_PARAMETER }).optional(),
    SendAsMms: flag.optional(),
    RiskCheck: oneOf('enable', 'disable').optional(),
    FallbackFrom: sender.optional(),
  })
  .refine(({ From, MessagingServiceSid }) => From !== undefined || MessagingServiceSid !== undefined, {
    error: '21603',
    path: ['From'],
  })
  .refine(
    ({ Body, MediaUrl, ContentSid }) =>
      Body !== undefined || MediaUrl !== undefined || ContentSid !== undefined,
    { error: '21602', path: ['Body'] },
  );
